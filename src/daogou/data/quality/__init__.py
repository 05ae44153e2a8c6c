"""What a shop's data are worth: what is missing, doubled, damaged or impossible in them, and what to do about it."""
