"""Evidence: from records to event rows, to indicators, to the month report and its renderings."""
