"""Lines of a past lose nothing when they are packed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from daogou.core.types import EVENT_NAMES, HistoryRow
from daogou.decide.lines import Lines

NUMBER_OF = {f"i{number}": number for number in range(0, 90_000, 97)}

LINE = st.builds(
    HistoryRow,
    st.sampled_from(EVENT_NAMES),
    st.sampled_from([*NUMBER_OF, "unknown"]),
    st.integers(-(2**62), 2**62),
    st.integers(0, 2**40),
)


@given(st.lists(LINE, max_size=40))
def test_what_is_packed_comes_back_line_by_line(rows: list[HistoryRow]) -> None:
    lines = Lines.unpacked(Lines.of(rows, NUMBER_OF).packed())
    assert lines.numbers.tolist() == [NUMBER_OF.get(row.item_id, -1) for row in rows]
    assert [EVENT_NAMES[kind] for kind in lines.kinds.tolist()] == [row.name for row in rows]
    assert lines.at_us.tolist() == [row.at_us for row in rows]
    assert lines.quantities.tolist() == [min(row.quantity, 2**31 - 1) for row in rows]


def test_seventy_lines_of_a_few_orders_are_packed_into_less_than_half_a_kilobyte() -> None:
    items = list(NUMBER_OF)
    rows = [HistoryRow("purchase", items[13 * n % 900], 10**15 + n // 10 * 86_400_000_000, n % 7) for n in range(70)]
    assert len(Lines.of(rows, NUMBER_OF).packed()) < 500
