"""Information campaigns, their posts, and the figures platforms report of them."""
