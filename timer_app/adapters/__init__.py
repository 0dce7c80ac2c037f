"""One folder or file for each outside thing; none imports another."""
