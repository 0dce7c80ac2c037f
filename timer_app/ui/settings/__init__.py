"""The settings window's pages."""
