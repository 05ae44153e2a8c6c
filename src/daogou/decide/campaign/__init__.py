"""Lists that are sent out instead of asked for: to whom, how often, and what not again."""
