"""Writes of the campaigns domain."""
