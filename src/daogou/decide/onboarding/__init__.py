"""Getting to know a new shopper in at most three questions, each the one whose answer tells most."""
