"""Training in the background: when it is due, one attempt in a process of its own, and the watch over canaries."""
