"""Notifications of the desktop: its own service on Linux, a library's back ends elsewhere."""
