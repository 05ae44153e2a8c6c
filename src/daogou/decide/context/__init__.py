"""What is known of the moment and the place of asking, beside who asks."""

from daogou.decide.context.context import Context, read_context

__all__ = ["Context", "read_context"]
