"""The windows, in this process and without a screen."""
