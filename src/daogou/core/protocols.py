"""What the parts promise each other, one verb each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, runtime_checkable

from daogou.core.types import F32, I32, Item, Query

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

D_contra = TypeVar("D_contra", contravariant=True)


class Model(Protocol):
    """A fitted model, a frozen dataclass of arrays and numbers: it maps a history to scores, never a user to a row."""

    @property
    def n_items(self) -> int:
        """How many items it knows; item numbers run from 0 to n_items - 1."""
        ...

    def score(self, query: Query, items: I32) -> F32:
        """One score per asked item, shape (len(items),); all 0.0 where the model has nothing to say."""
        ...

    def score_all(self, query: Query) -> F32:
        """One score per known item, shape (n_items,); a fresh array, which the caller may write into."""
        ...


@runtime_checkable
class BatchScorer(Protocol):
    """A model that scores many histories at once, for evaluation."""

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """Shape (len(queries), n_items); row b equals score_all(queries[b])."""
        ...


@runtime_checkable
class Factored(Protocol):
    """A model whose score is the inner product of two vectors; its scores need never all be held."""

    @property
    def item_vectors(self) -> F32:
        """(n_items, d)"""
        ...

    def query_vectors(self, queries: Sequence[Query]) -> F32:
        """(len(queries), d); its product with item_vectors is score_batch(queries)."""
        ...


@runtime_checkable
class Listing(Protocol):
    """A model whose scores are sums over the rows of a sparse table, so that few items have any."""

    @property
    def score_table(self) -> csr_matrix:
        """(n_items, n_items) the rows of the history, each times its weight, sum to score_all."""
        ...


@runtime_checkable
class Impersonal(Protocol):
    """A model that tells everybody the same."""

    @property
    def common_scores(self) -> F32:
        """(n_items,) what score_all says to anybody; not to be written into."""
        ...


@runtime_checkable
class Attributing(Protocol):
    """A model whose score is a sum over the history."""

    def contributions(self, query: Query, items: I32) -> F32:
        """Shape (len(query.history), len(items)); columns sum to score(query, items)."""
        ...


@runtime_checkable
class Growing(Protocol):
    """A model that takes in items it was not fitted on, and scores them at once."""

    def with_items(self, items: Sequence[Item], vectors: F32 | None = None) -> Any:
        """The same model knowing `items` too; they get the numbers from n_items on, in order.

        vectors  (len(items), e) what the shop's encoder made of them; None for nothing
        """
        ...


@runtime_checkable
class Compactable(Protocol):
    """A model that can be kept in fewer bytes, for serving."""

    def compact(self) -> Any:
        """A model that scores nearly the same; what is stored, measured and served of a training."""
        ...


class Recipe(Protocol[D_contra]):
    """Settings that know how to fit; a frozen dataclass. D_contra is what it learns from, normally a Dataset."""

    def fit(self, dataset: D_contra, *, seed: int = 0) -> Any:
        """Return a fitted Model. Same dataset and seed, same model."""
        ...


@runtime_checkable
class Bounded(Protocol):
    """A recipe that some catalogues are too large for."""

    def refusal(self, n_items: int) -> str | None:
        """Why it will not fit a catalogue of this size, and what to do instead; None where it will."""
        ...


@runtime_checkable
class Resumable(Protocol[D_contra]):
    """A recipe that takes long to fit, says how far it is, and goes on where it was interrupted."""

    is_resumable: ClassVar[bool]

    def fit(self, dataset: D_contra, *, seed: int = 0, checkpoint: Path | None = None, progress: Progress = ...) -> Any:
        """As a Recipe's. `checkpoint` is a folder that remembers where the fit stands."""
        ...


class Progress(Protocol):
    """How long work reports on itself; the command line draws a bar, a test counts."""

    def __call__(self, done: int, total: int | None, what: str) -> None: ...


def silent(done: int, total: int | None, what: str) -> None:
    """A Progress that says nothing."""
