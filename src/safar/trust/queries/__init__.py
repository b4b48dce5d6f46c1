"""Reads of the trust domain."""
