"""The app on real desktops without a monitor, in a container. `make desktops` plays it."""
