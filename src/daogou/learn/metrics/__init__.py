"""How good a list or a rating is: one function per figure, all vectorised over users."""
