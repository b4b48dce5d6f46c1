"""Reads of the campaigns domain."""
