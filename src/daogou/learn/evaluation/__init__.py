"""How good a model is on time it has not seen, and how sure we are."""
