"""Door of the centre's staff."""
