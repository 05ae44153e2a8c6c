"""Which models suit a shop, from what its data are like and from a quick measurement."""
