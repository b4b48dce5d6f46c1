"""Door of staff without a network."""
