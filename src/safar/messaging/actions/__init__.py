"""Writes of the messaging domain."""
