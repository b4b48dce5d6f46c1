"""Whether what a centre does lasts: how many stay in a programme, and for how long."""
