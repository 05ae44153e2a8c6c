"""Look a live shop over: what is wrong, why it matters, and the command that mends it, in 中文 and English."""

from daogou.serve.upkeep.doctor.finding import Finding
from daogou.serve.upkeep.doctor.look import CHECKS, Looked, look_over

__all__ = ["CHECKS", "Finding", "Looked", "look_over"]
