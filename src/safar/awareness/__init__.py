"""Awareness sessions, who attended them, what they learned, and the approval of the record."""
