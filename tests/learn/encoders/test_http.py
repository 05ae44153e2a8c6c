from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np
import pytest

from daogou.core.errors import InvalidInput, NotReady
from daogou.learn.encoders.cache import Cached
from daogou.learn.encoders.http import HttpEncoder
from daogou.learn.encoders.port import Encodable

URL = "http://encoder.test/v1/embeddings"
THINGS = [Encodable(str(number), f"item {number}") for number in range(5)]


def vector_of(text: str) -> list[float]:
    return [float(len(text)), float(ord(text[-1])), 1.0]


class Endpoint:
    """A fake in OpenAI's shape that remembers what it was asked and fails as often as told."""

    def __init__(self, *failures: Callable[[], httpx.Response]) -> None:
        self.failures = list(failures)
        self.asked: list[list[str]] = []
        self.headers: list[httpx.Headers] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        self.asked.append(body["input"])
        self.headers.append(request.headers)
        assert body["model"] == "m"
        if self.failures:
            return self.failures.pop(0)()
        rows = [{"index": place, "embedding": vector_of(text)} for place, text in enumerate(body["input"])]
        return httpx.Response(200, json={"data": rows[::-1]})  # the order is the index's, not the list's


def encoder(endpoint: Callable[[httpx.Request], httpx.Response], pauses: list[float] | None = None, **rest: object):  # type: ignore[no-untyped-def]
    sleep = ([] if pauses is None else pauses).append
    settings = {"batch": 2, "dimension": 3, "retries": 3} | rest
    return HttpEncoder(URL, "m", transport=httpx.MockTransport(endpoint), sleep=sleep, **settings)  # type: ignore[arg-type]


def test_texts_go_out_in_batches_and_vectors_come_back_in_order_with_length_one() -> None:
    endpoint = Endpoint()
    made = encoder(endpoint).encode(THINGS)
    assert [len(batch) for batch in endpoint.asked] == [2, 2, 1]
    wanted = np.array([vector_of(thing.text) for thing in THINGS])
    np.testing.assert_allclose(made.vectors, wanted / np.linalg.norm(wanted, axis=1, keepdims=True), rtol=1e-6)


def test_an_item_without_words_is_not_sent_and_says_so() -> None:
    endpoint = Endpoint()
    made = encoder(endpoint).encode([Encodable("mute", "  ", b"picture"), THINGS[0]])
    assert endpoint.asked == [["item 0"]]
    assert not made.vectors[0].any()
    assert list(made.problems) == ["mute"]


def test_an_overloaded_endpoint_is_asked_again_more_slowly() -> None:
    pauses: list[float] = []
    endpoint = Endpoint(lambda: httpx.Response(503), lambda: httpx.Response(500))
    encoder(endpoint, pauses).encode(THINGS[:1])
    assert len(endpoint.asked) == 3
    assert pauses == [0.5, 1.0]


def test_the_endpoint_may_say_how_long_to_wait_but_not_for_hours() -> None:
    pauses: list[float] = []
    busy = [
        lambda: httpx.Response(429, headers={"retry-after": "7"}),
        lambda: httpx.Response(429, headers={"retry-after": "86400"}),
    ]
    encoder(Endpoint(*busy), pauses).encode(THINGS[:1])
    assert pauses == [7.0, 30.0]


def test_a_silent_endpoint_is_given_up_with_what_to_do_next() -> None:
    def hang(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("no answer", request=request)

    with pytest.raises(NotReady, match=r"did not answer 4 times \(last: ReadTimeout\).*run the same command again"):
        encoder(hang).encode(THINGS)


def test_a_refusal_is_not_repeated_and_the_key_is_in_no_message() -> None:
    endpoint = Endpoint(lambda: httpx.Response(401))
    with pytest.raises(InvalidInput, match="refused with status 401") as refused:
        encoder(endpoint, key="sk-secret").encode(THINGS)
    assert len(endpoint.asked) == 1
    assert endpoint.headers[0]["authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in str(refused.value) + repr(encoder(endpoint, key="sk-secret"))


def test_a_redirect_is_refused_rather_than_followed() -> None:
    endpoint = Endpoint(lambda: httpx.Response(302, headers={"location": "http://elsewhere.test"}))
    with pytest.raises(InvalidInput, match="status 302"):
        encoder(endpoint).encode(THINGS[:1])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html>", "no list of embeddings"),
        (b"{}", "no list of embeddings: KeyError"),
        (b'{"data": [{"index": 0, "embedding": "AAAA"}]}', "no list of embeddings"),
        (b'{"data": []}', "0 vectors for 1 texts"),
        (b'{"data": [{"index": 0, "embedding": [1, 2]}]}', r"shape \(1, 2\), expected \(1, 3\)"),
        (b'{"data": [{"index": 0, "embedding": [1, 2, NaN]}]}', "NaN or infinity"),
    ],
)
def test_an_answer_that_is_no_vector_is_refused(body: bytes, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        encoder(Endpoint(lambda: httpx.Response(200, content=body))).encode(THINGS[:1])


@pytest.mark.parametrize("url", ["", "ftp://x/y", "file:///etc/passwd", "embeddings"])
def test_an_address_that_is_not_on_the_web_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(InvalidInput, match="no http or https address"):
        HttpEncoder(url, "m", 3)


def test_what_was_encoded_once_is_never_sent_again(tmp_path: Path) -> None:
    endpoint = Endpoint()
    first = Cached(encoder(endpoint), tmp_path).encode(THINGS[:4])
    second = Cached(encoder(endpoint), tmp_path).encode([*THINGS, Encodable("twin", THINGS[0].text)])
    assert sorted(text for batch in endpoint.asked for text in batch) == sorted(thing.text for thing in THINGS)
    np.testing.assert_array_equal(second.vectors[:4], first.vectors)
    np.testing.assert_array_equal(second.vectors[5], first.vectors[0])


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    good_then_away = Endpoint()
    answers = 0

    def away_after_two(request: httpx.Request) -> httpx.Response:
        nonlocal answers
        answers += 1
        return good_then_away(request) if answers <= 2 else httpx.Response(503)

    with pytest.raises(NotReady):
        Cached(encoder(away_after_two), tmp_path, batch=2).encode(THINGS)
    endpoint = Endpoint()
    made = Cached(encoder(endpoint), tmp_path, batch=2).encode(THINGS)
    assert endpoint.asked == [["item 4"]]
    assert made.vectors.any(axis=1).all()


def test_a_record_cut_off_by_a_crash_or_altered_is_encoded_again(tmp_path: Path) -> None:
    cached = Cached(encoder(Endpoint()), tmp_path)
    before = cached.encode(THINGS)
    data = bytearray(cached.path.read_bytes())
    data[40] ^= 0xFF
    cached.path.write_bytes(bytes(data[:-5]))
    endpoint = Endpoint()
    again = Cached(encoder(endpoint), tmp_path).encode(THINGS)
    assert sorted(text for batch in endpoint.asked for text in batch) == ["item 0", "item 4"]
    np.testing.assert_array_equal(again.vectors, before.vectors)
    silent = Endpoint()
    np.testing.assert_array_equal(Cached(encoder(silent), tmp_path).encode(THINGS).vectors, before.vectors)
    assert not silent.asked


def test_another_model_has_another_file(tmp_path: Path) -> None:
    one, other = HttpEncoder(URL, "text/small", 3), HttpEncoder(URL, "text/large", 3)
    assert Cached(one, tmp_path).path != Cached(other, tmp_path).path
    assert Cached(one, tmp_path).path.parent == tmp_path
