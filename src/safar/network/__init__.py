"""Between a node and its hub: what leaves is a protected table and nothing else."""
