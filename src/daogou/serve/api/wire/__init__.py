"""The shapes of HTTP bodies, checked by msgspec on the way in and written by it on the way out."""
