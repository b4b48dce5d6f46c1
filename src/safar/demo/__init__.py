"""A realistic month of a country's node, written by calling the real actions."""
