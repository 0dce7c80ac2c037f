"""The message buses of a Linux desktop: one connection to each, for all that speaks over them."""
