"""What is true of counselling whatever stores it, a module an area; no Django here."""
