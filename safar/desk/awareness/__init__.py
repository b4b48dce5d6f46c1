"""Desk pages of awareness."""
