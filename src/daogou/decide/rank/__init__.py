"""The ranking stage: candidates in the order of how likely this shopper takes them here and now."""
