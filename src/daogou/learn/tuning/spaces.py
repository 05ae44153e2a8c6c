"""What is searched for each recipe: one table from its name to the settings tried and how far.

A recipe that is not named here is measured with the settings it has and not searched. Ranges span what the sources
on each model's page searched and what shops of one thousand to one hundred thousand items need; the default of every
setting lies inside, and a test says so. Settings that bound memory or only change rounding are left alone.
"""

from __future__ import annotations

from daogou.learn.tuning.ranges import Choice, Number, Space, Whole

GAP = Number(10.0, 2_000_000.0)
"""Minutes between two visits; with years, a shopper's whole past is one."""

SESSIONS: Space = {
    "session_gap_minutes": GAP,
    "neighbours": Whole(50, 2_000),
    "newest": Whole(100, 5_000),
    "memory": Number(0.5, 50.0),
    "closeness": Number(0.5, 100.0),
    "freshness_days": Number(1.0, 1_000.0),
}
"""What the two session neighbours share."""

SIMILARITY = Choice(("cosine", "jaccard", "lift"))

SPACES: dict[str, Space] = {
    "popularity": {"count": Choice(("shoppers", "orders"))},
    "trending": {"half_life_days": Number(1.0, 365.0)},
    "repeat": {"shrinkage": Number(0.5, 500.0)},
    "item_knn": {"neighbours": Whole(10, 500), "shrinkage": Number(0.1, 500.0), "similarity": SIMILARITY},
    "bought_together": {
        "neighbours": Whole(10, 500),
        "shrinkage": Number(0.1, 500.0),
        "similarity": SIMILARITY,
        "min_baskets": Whole(1, 10),
    },
    "ease": {"regularization": Number(5.0, 5_000.0)},
    "sparse_ease": {
        "neighbours": Whole(50, 400),
        "regularization": Number(5.0, 2_000.0),
        "frequency": Number(0.0, 1.0, log=False),
        "activity": Number(0.0, 1.0, log=False),
    },
    "ials": {
        "factors": Whole(16, 256),
        "iterations": Whole(6, 24),
        "regularization": Number(3e-4, 0.1),
        "alpha": Number(0.01, 3.0),
        "exponent": Number(0.0, 1.0, log=False),
    },
    "graph_filter": {
        "neighbours": Whole(50, 1_000),
        "directions": Whole(16, 1_024),
        "sharpening": Number(0.0, 5.0, log=False),
        "ideal": Number(0.0, 1.0, log=False),
    },
    "user_knn": {
        "neighbours": Whole(10, 1_000),
        "rarity": Number(0.0, 1.0, log=False),
        "sharpness": Number(1.0, 5.0, log=False),
    },
    "content": {
        "dimensions": Whole(64, 512),
        "factors": Whole(32, 320),
        "company": Number(0.0, 1.0, log=False),
        "neighbours": Whole(20, 400),
        "sharpness": Number(1.0, 8.0, log=False),
        "regularization": Number(1e-3, 1.0),
        "prior": Number(0.5, 50.0),
    },
    "modality_graph": {
        "regularization": Number(5.0, 5_000.0),
        "kinship": Number(0.0, 2.0, log=False),
        "inherited": Number(0.0, 10.0, log=False),
        "own": Number(0.0, 1.0, log=False),
        "neighbours": Whole(20, 400),
        "sharpness": Number(1.0, 8.0, log=False),
    },
    "sequential_rules": {
        "session_gap_minutes": GAP,
        "reach": Whole(1, 30),
        "neighbours": Whole(20, 1_000),
        "memory": Number(0.2, 50.0),
        "shrinkage": Number(0.5, 200.0),
    },
    "stan": SESSIONS,
    "vstan": {
        **SESSIONS,
        "entry_memory": Number(0.5, 50.0),
        "length": Number(0.0, 1.0, log=False),
        "rarity": Number(0.0, 3.0, log=False),
    },
    "sasrec": {
        "factors": Whole(32, 128),
        "blocks": Whole(1, 3, log=False),
        "max_length": Whole(20, 200),
        "dropout": Number(0.0, 0.6, log=False),
        "learning_rate": Number(1e-4, 1e-2),
    },
    "gru4rec": {
        "factors": Whole(32, 256),
        "max_length": Whole(10, 100),
        "embedding_dropout": Number(0.0, 0.6, log=False),
        "dropout": Number(0.0, 0.6, log=False),
        "learning_rate": Number(0.01, 0.3),
        "popular": Number(0.0, 1.0, log=False),
    },
    "mf": {
        "factors": Whole(32, 256),
        "epochs": Whole(5, 60),
        "learning_rate": Number(5e-4, 0.02),
        "temperature": Number(0.03, 0.5),
        "seen": Number(0.1, 0.9, log=False),
    },
}
"""Recipe name → setting → range."""


def space_of(recipe_name: str) -> Space:
    """What is searched for this recipe; empty where nothing is."""
    return SPACES.get(recipe_name, {})
