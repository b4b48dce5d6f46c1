"""The desk's day: who is expected, who waits, whom to call, and the rota behind it."""
