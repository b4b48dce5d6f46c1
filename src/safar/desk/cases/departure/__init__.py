"""Pages of preparing a departure: costs, documents, plans, the take-home sheet, and what became of it."""
