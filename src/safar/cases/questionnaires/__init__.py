"""Questionnaires as data: reads XLSForm workbooks, runs their logic in one engine, and lays answers out for other systems."""
