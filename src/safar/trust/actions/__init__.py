"""Writes of the trust domain."""
