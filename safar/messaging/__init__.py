"""Messages to people, which leave only through the consent gate."""
