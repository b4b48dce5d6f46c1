"""Names of Central Asia: which script they stand in, how they cross scripts, and when two spellings are one name."""
