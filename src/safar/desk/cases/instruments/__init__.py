"""Instruments at the desk: fill, read, decide, print, key back, take out and in, and look after the forms themselves."""
