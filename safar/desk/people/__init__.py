"""Desk pages of people."""
