# Of the standard library on Windows, without types: what wakes who waits for a completion port.

def PostQueuedCompletionStatus(  # noqa: N802 - its name
    port: int, count: int, key: int, address: int, /
) -> None: ...
