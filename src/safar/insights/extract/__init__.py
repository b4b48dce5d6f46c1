"""The only part of insights that reads person records: one module a domain, typed event rows out."""
