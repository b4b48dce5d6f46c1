"""Indicators as data: one YAML file each, checked on load, counted by one engine."""
