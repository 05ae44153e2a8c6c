"""What words are to search and to the guide: terms, numbers, money, units and the catalogue's own names."""
