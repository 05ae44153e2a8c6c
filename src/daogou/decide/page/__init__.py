"""Which lists a page shows, and in which order."""
