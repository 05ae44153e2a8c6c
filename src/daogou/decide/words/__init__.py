"""What words are to search and to the guide alike: cut into terms, numbers, money, units, and the catalogue's own names."""
