"""Questions people send to the centre and the answers, and messages to people, which leave only through the consent gate."""
