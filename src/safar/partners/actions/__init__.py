"""Writes of the partners domain."""
