"""Institutions and people the centre works with, and the agreements between them."""
