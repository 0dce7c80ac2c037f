"""Doctor, on the floor of cli."""
