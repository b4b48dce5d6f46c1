"""Statistical disclosure control: tables in, tables that do not give a person away out."""
