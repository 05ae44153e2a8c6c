"""The shop's word over a ranked list: one file per rule."""
