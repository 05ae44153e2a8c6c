"""From an utterance to acts, by a grammar over the shop's own words."""
