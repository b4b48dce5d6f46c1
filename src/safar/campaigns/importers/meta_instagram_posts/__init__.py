"""Instagram posts as Meta Business Suite exports them."""
