"""Keeping a shop running: copies of it, making it from a copy, and looking it over."""
