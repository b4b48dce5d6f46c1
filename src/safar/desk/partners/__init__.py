"""Desk pages of partners."""
