"""Reads the exports of platforms: one folder a kind of file with `columns.yaml` and `parser.py`; no Django, no database."""
