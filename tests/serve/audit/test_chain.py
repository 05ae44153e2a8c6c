"""The chain: whatever is done to it afterwards shows."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daogou.serve.audit.chain import EMPTY, FIRST, Entry, Head, encoded, faults_in, hash_of, linked


def chain(length: int) -> tuple[list[bytes], Head]:
    head, lines = EMPTY, []
    for number in range(length):
        entry = linked(head, f"2026-11-21T10:00:{number:02}Z", "key_made", "command line", {"key_id": f"k{number}"})
        head = Head(entry.number, entry.hash)
        lines.append(encoded(entry))
    return lines, head


def test_a_chain_as_it_was_written_has_no_fault() -> None:
    lines, head = chain(5)
    assert faults_in(lines, {"head.json": head}) == ([], head)
    assert msgspec.json.decode(lines[0], type=Entry).previous == FIRST
    assert faults_in([], {}) == ([], EMPTY)


def test_the_hash_is_sha256_over_the_previous_hash_and_the_entry() -> None:
    entry = linked(EMPTY, "2026-11-21T10:00:00Z", "key_made", "server", {"key_id": "k"})
    written = (
        '{"act":"key_made","at":"2026-11-21T10:00:00Z","by":"server","facts":{"key_id":"k"},"hash":"","number":1,'
        f'"previous":"{FIRST}"}}'
    )
    assert entry.hash == hashlib.sha256((FIRST + written).encode()).hexdigest()


@given(st.data())
def test_an_edit_a_drop_a_move_or_a_cut_anywhere_is_found(data: st.DataObject) -> None:
    lines, head = chain(8)
    place = data.draw(st.integers(0, 7))
    what = data.draw(st.sampled_from(["edit", "drop", "move", "cut", "double"]))
    if what == "edit":
        position = data.draw(st.integers(0, len(lines[place]) - 1))
        old = lines[place]
        lines[place] = old[:position] + bytes([old[position] ^ data.draw(st.integers(1, 127))]) + old[position + 1 :]
    elif what == "drop":
        del lines[place]
    elif what == "move":
        lines.insert((place + data.draw(st.integers(1, 7))) % 8, lines.pop(place))
    elif what == "cut":
        lines = lines[:place]
    else:
        lines.insert(place, lines[place])
    assert faults_in(lines, {"head.json": head})[0]


def test_a_chain_computed_anew_is_found_by_a_head_kept_elsewhere() -> None:
    lines, _ = chain(8)
    _, remembered = chain(4)
    other = linked(EMPTY, "2026-11-21T10:00:00Z", "key_made", "command line", {"key_id": "forged"})
    forged, head = [encoded(other)], Head(1, other.hash)
    for line in lines[1:]:
        was = msgspec.json.decode(line, type=Entry)
        entry = linked(head, was.at, was.act, was.by, was.facts)
        head = Head(entry.number, entry.hash)
        forged.append(encoded(entry))
    assert faults_in(forged, {"head.json": head})[0] == []
    (fault,) = faults_in(forged, {"head.json": head, "backup-1": remembered})[0]
    assert fault == "Entry 4 is not the one that backup-1 remembers: the log was rewritten."


def test_a_cut_end_is_found_by_the_head() -> None:
    lines, head = chain(8)
    (fault,) = faults_in(lines[:5], {"head.json": head})[0]
    assert fault == "The log ends at entry 5, but head.json remembers entry 8: its end was cut off."


def test_an_unknown_act_is_a_mistake_of_ours() -> None:
    with pytest.raises(AssertionError, match="dreamt"):
        linked(EMPTY, "2026-11-21T10:00:00Z", "dreamt", "server", {})


def test_the_hash_ignores_what_the_entry_claims_its_hash_to_be() -> None:
    entry = linked(EMPTY, "2026-11-21T10:00:00Z", "key_made", "server", {})
    assert hash_of(msgspec.structs.replace(entry, hash="0" * 64)) == entry.hash
