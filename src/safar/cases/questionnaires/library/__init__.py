"""The instruments that come with Safar: each a workbook the product loads, its source in YAML, and its scoring."""
