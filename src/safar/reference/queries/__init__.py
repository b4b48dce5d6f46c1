"""What the rest of the system may ask about codes, places and published figures."""
