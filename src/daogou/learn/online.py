"""What is known of a candidate when a list is made: computed there, logged with the list, and learned from."""

from __future__ import annotations

ONLINE: tuple[str, ...] = (
    "score",  # logarithm of the blended score over that of the best candidate
    "rank",  # logarithm of the place among the candidates, from 1
    "ease",  # parts of the score that a model brings
    "item_knn",
    "content",
    "repeat",
    "popularity",
    "trending",
    "bought_together",
    "views_day",  # logarithms of one plus counts, halved per day, week or month
    "views_week",
    "carts_week",
    "buys_week",
    "buys_month",
    "cart_rate",  # part of views and carts (or purchases) of the last month that are carts, pulled towards the shop's
    "buy_rate",
    "log_price",  # of the minor units
    "discount",  # part of the list price that is taken off
    "age_days",  # logarithm of one plus the days since it came
    "rating",
    "price_gap",  # price less the mean price of the history, in logarithms
    "price_distance",  # the same without its sign
    "category_share",  # parts of the history's weight on the same category, department and brand
    "department_share",
    "brand_share",
    "times_met",  # logarithm of one plus the lines of the history that are about it
    "hours_since",  # logarithm of one plus the hours since the last of them
)
"""One number per candidate each, NaN where nothing is known. Append only: lists in the log have the first so many."""

ONLINE_HISTORY = 50
"""Of the shopper's past, so many of the newest items are logged with a list."""
