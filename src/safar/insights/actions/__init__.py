"""Writes of insights: a month is frozen here and nowhere else."""
