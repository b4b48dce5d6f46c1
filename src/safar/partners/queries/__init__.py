"""Reads of the partners domain."""
