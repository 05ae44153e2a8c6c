"""The page about a shop's data, in the look of the evaluation report."""
