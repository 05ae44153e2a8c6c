"""What the door of the guide does beside answering: fills in the store's figures, and remembers what may be."""
