"""The design kit: tokens, components, base pages, charts, icons and their gallery; knows no domain."""
