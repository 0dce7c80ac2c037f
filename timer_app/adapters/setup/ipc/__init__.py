"""How the command line talks with the app: one JSON object a line, versioned, same user only.

request   {"version": 1, "command": "start", "words": {"card": "123"}}
answer    {"version": 1, "exit": 0, "document": {…}, "messages": ["…"]}
"""

VERSION = 1
MAX_LINE_BYTES = 1 << 20
"""Bytes of a request, whose sender may be anybody's program."""
MAX_ANSWER_BYTES = 1 << 30
"""Bytes of an answer, which the app made: a million entries have some 650 MB."""
MAX_SOCKET_PATH_BYTES = 107
"""Bytes that fit sockaddr_un on Linux; elsewhere it is 103."""
