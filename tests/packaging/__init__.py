"""What is shipped: quick looks at recipes; `python -m tests.packaging` uses the packages."""
