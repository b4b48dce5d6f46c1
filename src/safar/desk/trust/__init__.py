"""Desk pages of trust: sign-in, staff, audit, settings."""
