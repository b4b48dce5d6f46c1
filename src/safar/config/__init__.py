"""Puts the house together: settings, addresses and the `safar` command; the only part that knows every other."""
