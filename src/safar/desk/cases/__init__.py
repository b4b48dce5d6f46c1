"""Desk pages of cases."""
