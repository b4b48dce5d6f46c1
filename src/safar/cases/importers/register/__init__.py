"""The Excel register a centre really keeps, one row a visit: read, recognised, checked, and compared; nothing is written here."""
