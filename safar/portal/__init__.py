"""Door of the public."""
