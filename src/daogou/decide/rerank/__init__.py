"""Reranking: what a list owes to itself and to the shop, as one factor for the score of each candidate."""

from daogou.decide.rerank.newcomers import widened
from daogou.decide.rerank.rerank import Reranked, rerank

__all__ = ["Reranked", "rerank", "widened"]
