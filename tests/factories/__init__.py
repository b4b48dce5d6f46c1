"""Functions that make valid records for tests, with only what the test cares about spelled out."""
