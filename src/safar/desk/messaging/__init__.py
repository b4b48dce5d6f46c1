"""Desk pages of messaging."""
