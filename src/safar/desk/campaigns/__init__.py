"""Desk pages of campaigns."""
