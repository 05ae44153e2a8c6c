"""What the shop thinks of a shopper: tags with evidence, which the shopper sees, weakens, forbids and takes back."""
