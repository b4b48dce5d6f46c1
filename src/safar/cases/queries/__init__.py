"""Reads of counselling."""
