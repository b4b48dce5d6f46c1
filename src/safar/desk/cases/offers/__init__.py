"""Desk pages of triage, agencies, offer checks and complaints."""
