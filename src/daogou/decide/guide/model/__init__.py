"""What may be asked of a language model and what of its answers may be used; the asking itself is `serve`'s work."""
