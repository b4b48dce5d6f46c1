"""Writes of the guide domain."""
