"""Why an item is in a slate, taken from the trace that put it there; and why another one is not."""
