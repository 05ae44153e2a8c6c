"""What each kind of event is worth in this shop, learned from what shoppers went on to buy."""

from daogou.learn.objective.learn import LearnedObjective, Worth, learn_objective

__all__ = ["LearnedObjective", "Worth", "learn_objective"]
