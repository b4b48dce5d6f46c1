"""Counselling: the contact record, case files before departure and after return, referrals and follow-ups."""
