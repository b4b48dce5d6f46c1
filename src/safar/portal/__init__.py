"""Door of the public: no account, no cookie before a form needs one, light enough for a slow line."""
