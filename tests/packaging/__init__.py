"""What is shipped: quick looks at the recipes, and `python -m tests.packaging`, which uses the packages."""
