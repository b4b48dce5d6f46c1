"""The month report: built once, frozen once, drawn many times."""
