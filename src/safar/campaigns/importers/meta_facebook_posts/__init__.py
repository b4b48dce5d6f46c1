"""Facebook posts as Meta Business Suite exports them."""
