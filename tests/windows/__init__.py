"""The app on a Windows to try on: Wine in a folder of this checkout. `make windows` plays it."""
