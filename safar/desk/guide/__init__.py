"""Desk pages of guide."""
