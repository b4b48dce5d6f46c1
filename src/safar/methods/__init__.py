"""The science: pure functions with method notes, tested against published numbers; imports nothing else of ours."""
