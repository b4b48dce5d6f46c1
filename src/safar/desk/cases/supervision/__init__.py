"""Pages on which colleagues look at work together: caseload, approvals, conferences, second opinions and heavy weeks."""
