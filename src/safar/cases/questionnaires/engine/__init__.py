"""The form engine (JavaScript, vendored) and the process's one door to it."""
