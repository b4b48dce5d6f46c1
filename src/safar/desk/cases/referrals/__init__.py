"""Referrals at the desk: written, sent, followed, received from other centres, and counted."""
