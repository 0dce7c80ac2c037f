"""A library of a tool of ours: what is shipped does without it, and so do programs under test.

httpx imports it with its own command line wherever it is there, in 50 ms of every command.
"""

raise ImportError("rich is not shipped with the app")
