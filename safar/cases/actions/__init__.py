"""Writes of counselling."""
