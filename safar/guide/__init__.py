"""What the centre tells people: facts with source, owner and expiry, gathered into destination guides."""
