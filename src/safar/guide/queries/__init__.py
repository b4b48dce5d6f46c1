"""Reads of the guide domain."""
