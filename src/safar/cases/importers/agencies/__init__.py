"""Registers of licensed recruitment agencies, as CSV or Excel files, whatever language their headings stand in."""
