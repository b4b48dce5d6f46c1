"""Ways in for records a centre already keeps elsewhere, one folder a kind of file."""
