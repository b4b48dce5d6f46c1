"""Work after return at the desk: reception, plan, reviews, closing, and who stays."""
