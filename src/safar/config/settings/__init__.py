"""One settings module per kind of installation; `base` holds what they share."""
