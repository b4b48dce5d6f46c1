"""Keep counts of people from telling about one person: suppression of small cells and an auditor that attacks the result."""
