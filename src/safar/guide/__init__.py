"""What the centre tells people: facts with source, owner and expiry, gathered into destination guides.

A fact is never overwritten: a change makes a new version, so that what a person was told last spring can still be read.
"""
