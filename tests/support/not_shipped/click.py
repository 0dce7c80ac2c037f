"""See rich.py, of which the same is true."""

raise ImportError("click is not shipped with the app")
