"""Search: words to items, lexical and by meaning, with counts, corrections and a stated relaxation."""
