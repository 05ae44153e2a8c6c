"""Lists that are sent again by themselves when they change."""
