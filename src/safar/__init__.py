"""Safar, the open platform a Migrant Resource Centre runs on."""
