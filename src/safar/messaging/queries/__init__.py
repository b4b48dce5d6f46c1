"""Reads of the messaging domain."""
