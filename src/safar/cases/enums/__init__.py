"""Closed sets of counselling, a module an area."""
