"""Log lines wait for nobody, and none is lost."""

from __future__ import annotations

import io
import time

from daogou.serve.monitor.sink import MOST_BYTES, Sink


class Broken(io.BytesIO):
    def write(self, line: object) -> int:
        raise OSError("the reader went away")


def test_lines_are_written_a_moment_later_in_their_order() -> None:
    file = io.BytesIO()
    sink = Sink(file)
    for number in range(3):
        sink.write(b"line %d\n" % number)
        sink.flush()
    assert file.getvalue() == b""
    deadline = time.monotonic() + 10
    while not file.getvalue() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert file.getvalue() == b"line 0\nline 1\nline 2\n"


def test_what_is_urgent_is_written_at_once_after_what_came_before_it() -> None:
    file = io.BytesIO()
    sink = Sink(file)
    sink.write(b"call\n")
    sink.is_urgent = True
    sink.write(b"error\n")
    sink.flush()
    assert file.getvalue() == b"call\nerror\n"
    assert not sink.is_urgent


def test_much_is_not_kept_in_memory() -> None:
    file = io.BytesIO()
    sink = Sink(file)
    sink.write(b"x" * (MOST_BYTES + 1))
    sink.flush()
    assert len(file.getvalue()) == MOST_BYTES + 1


def test_a_reader_that_went_away_stops_nobody() -> None:
    sink = Sink(Broken())
    sink.write(b"line\n")
    sink.write_out()
    sink.write_out()


def test_at_the_end_every_line_is_written_at_once() -> None:
    file = io.BytesIO()
    sink = Sink(file)
    sink.write(b"call\n")
    sink.end()
    sink.write(b"closed\n")
    sink.flush()
    assert file.getvalue() == b"call\nclosed\n"
