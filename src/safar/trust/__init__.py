"""Centres, staff, roles and permissions, the audit trail: who may do what, and who did."""
