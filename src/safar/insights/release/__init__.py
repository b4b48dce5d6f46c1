"""What may leave a centre: protected tables, made by methods.disclosure and by nothing else."""
