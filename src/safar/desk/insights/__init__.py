"""Desk pages of insights."""
