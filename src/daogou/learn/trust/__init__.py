"""How much each shopper's word counts in lists of pairs, and which growth is held for review."""
