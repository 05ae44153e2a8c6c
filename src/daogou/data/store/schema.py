"""The tables of a shop, in SQLAlchemy's words; `migrations` builds them step by step.

Texts that are nested (lines, context, bodies) are JSON. Times are microseconds since 1970 UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, SmallInteger, Table, Text, text

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)

Key = Text().with_variant(Text(collation="C"), "postgresql")  # compared byte by byte, as SQLite does
Seq = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER numbers SQLite's rows itself
_IN_A_PAST = text("past_lines > 0")

events = Table(
    "events",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("event_id", Key, nullable=False, unique=True),
    Column("name", SmallInteger, nullable=False),  # position in EVENT_NAMES
    Column("at_us", BigInteger, nullable=False),
    Column("person", Key),  # "u:" + user id, else "v:" + visitor id; NULL without consent
    Column("visitor_id", Text),  # only beside a user id: it says who the visitor turned out to be
    Column("session_id", Text),
    Column("recommendation_id", Key),
    Column("placement", Text),
    Column("search_term", Text),
    Column("transaction_id", Text),
    Column("value_minor", BigInteger),
    Column("currency", Text),
    Column("rating", Float),
    Column("coupon", Text),
    Column("denied", SmallInteger, nullable=False),  # 1 personalization, 2 analytics
    Column("context", Text),
    Column("past_lines", Integer, nullable=False),  # how many lines belong to the person's past; 0 for impressions
    Column("lines", Text),  # [[item_id, quantity, price_minor, position, propensity], …]
    sqlite_autoincrement=True,  # a seq is never given twice, or the lake would miss what got an old one
)
Index("ix_events_past", events.c.person, events.c.at_us, sqlite_where=_IN_A_PAST, postgresql_where=_IN_A_PAST)

pruned_events = Table(
    "pruned_events",
    metadata,
    Column("event_id", Key, primary_key=True),
    sqlite_with_rowid=False,
)

items = Table(
    "items",
    metadata,
    Column("number", Seq, primary_key=True, autoincrement=True),
    Column("id", Key, nullable=False, unique=True),
    Column("revision", BigInteger, nullable=False, index=True),
    Column("body", Text, nullable=False),
    sqlite_autoincrement=True,
)

users = Table(
    "users",
    metadata,
    Column("id", Key, primary_key=True),
    Column("revision", BigInteger, nullable=False, index=True),
    Column("body", Text, nullable=False),
)

slates = Table(
    "slates",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("recommendation_id", Key, nullable=False, unique=True),
    Column("placement", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("person", Key),
    Column("items", Text, nullable=False),  # [[item_id, position, propensity, source, score, reason], …]
    Column("seen", Text),  # what was known when it was made, see rows.seen_text
    Column("release", Text),  # that made it
    Column("took_us", BigInteger),  # to make it
    sqlite_autoincrement=True,
)
Index("ix_slates_person", slates.c.person, slates.c.at_us)

rule_versions = Table(
    "rule_versions",
    metadata,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("at_us", BigInteger, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("n_rules", Integer, nullable=False),
    Column("body", Text, nullable=False),  # the whole set, see decide/rules
)

wishes = Table(
    "wishes",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("person", Key, nullable=False),
    Column("tag", Text, nullable=False),
    Column("choice", Text, nullable=False),  # "" takes back
    Column("at_us", BigInteger, nullable=False),
    Index("ix_wishes_person", "person"),
    sqlite_autoincrement=True,
)

price_moves = Table(
    "price_moves",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("item_id", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("before_minor", BigInteger, nullable=False),
    Column("after_minor", BigInteger, nullable=False),
    Index("ix_price_moves_at_us", "at_us"),
    sqlite_autoincrement=True,
)

kept_answers = Table(
    "kept_answers",
    metadata,
    Column("name", Text, primary_key=True),  # key id and Idempotency-Key
    Column("fingerprint", Text, nullable=False),  # of the call
    Column("at_us", BigInteger, nullable=False),
    Column("status", SmallInteger),  # NULL while it is being answered
    Column("body", Text),
    Index("ix_kept_answers_at_us", "at_us"),
)

trust_marks = Table(
    "trust_marks",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("grounds", Text, nullable=False),  # [[rule, seen, bound], …]
    Column("at_us", BigInteger, nullable=False),
    Index("ix_trust_marks_subject", "subject"),
    sqlite_autoincrement=True,
)

talk_turns = Table(
    "talk_turns",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("talk_id", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("person", Key, nullable=False),
    Column("visitor", Key),  # the visitor's key beside a user's
    Column("recommendation_id", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("said", Text, nullable=False),  # masked
    Column("answered", Text, nullable=False),
    Column("items", Text, nullable=False),  # [item_id, …]
    Column("good", SmallInteger, nullable=False),  # whether it was answered
    Index("ix_talk_turns_person", "person"),
    Index("ix_talk_turns_visitor", "visitor"),
    Index("ix_talk_turns_at_us", "at_us"),
    sqlite_autoincrement=True,
)

guide_counts = Table(
    "guide_counts",
    metadata,
    Column("name", Key, primary_key=True),  # day and digest
    Column("day", Integer, nullable=False),  # since 1970
    Column("kind", Text, nullable=False),
    Column("digest", Key, nullable=False),
    Column("text", Text),  # NULL while too few different shoppers said it
    Column("times", BigInteger, nullable=False),
    Column("bits", BigInteger, nullable=False),  # one of 62 for each shopper
    Index("ix_guide_counts_digest", "digest"),
    Index("ix_guide_counts_day", "day"),
)

noted_searches = Table(
    "noted_searches",
    metadata,
    Column("id", Key, primary_key=True),  # the day in six digits, a space and the words
    Column("day", Integer, nullable=False),  # since 1970 UTC
    Column("words", Text, nullable=False),  # folded, without contact data
    Column("n", BigInteger, nullable=False),
    Column("n_empty", BigInteger, nullable=False),
    Index("ix_noted_searches_day", "day"),
)

lake_files = Table(
    "lake_files",
    metadata,
    Column("path", Key, primary_key=True),
    Column("first_seq", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("events", BigInteger, nullable=False),
    Column("min_at_us", BigInteger, nullable=False),
    Column("max_at_us", BigInteger, nullable=False),
    Column("n_bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
)

lake_state = Table(
    "lake_state",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),  # always 1
    Column("version", BigInteger, nullable=False),
    Column("watermark", BigInteger, nullable=False),
)
