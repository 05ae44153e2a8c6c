"""Features: from a table of what is known about shopper, item and moment to the arrays every ranker learns from.

To add a kind of column: one file here, one line in KINDS of spec.py, one test file.
"""

from daogou.learn.features.buckets import Buckets
from daogou.learn.features.category import Category
from daogou.learn.features.field import Encoded, Field
from daogou.learn.features.history import History
from daogou.learn.features.moment import Moment
from daogou.learn.features.number import Number
from daogou.learn.features.spec import KINDS, FeatureSpec, FittedFeatures
from daogou.learn.features.text import Text
from daogou.learn.features.vector import Vector

__all__ = [
    "KINDS",
    "Buckets",
    "Category",
    "Encoded",
    "FeatureSpec",
    "Field",
    "FittedFeatures",
    "History",
    "Moment",
    "Number",
    "Text",
    "Vector",
]
