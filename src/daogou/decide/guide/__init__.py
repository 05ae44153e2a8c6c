"""The guide: a dialogue over the catalogue that works without any language model."""
