"""Places, countries and code lists: reviewed data files, versioned, with names in every language we have."""
