"""What is trained: models, rating models, rankers, encoder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, SecretStr

from daogou.core.settings.section import Section


class ModelSettings(Section):
    """[models.NAME]: one recipe to train, with its settings."""

    recipe: str
    """Name on the model shelf, see `daogou train --list`."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Settings of the recipe, spelled as in its page."""
    events: tuple[str, ...] = ()
    """Only learn from these event names; empty means all."""


class RatingSettings(Section):
    """[ratings.NAME]: one model that predicts stars, trained where shoppers gave any."""

    recipe: str
    """Name on the shelf of rating models, see docs/models/ratings.md."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Settings of the recipe, spelled as in its page."""


class RankerSettings(Section):
    """[rankers.NAME]: one model of how likely a shopper takes what a list shows, trained where lists were seen."""

    recipe: str
    """Name on the shelf of rankers, see docs/models/rankers.md."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Settings of the recipe, spelled as in its page."""
    goal: Literal["click", "purchase"] = "click"
    """What it foretells of an item in a list."""


class EncoderSettings(Section):
    """[encoder]: what turns an item's words and pictures into a vector; the model `content` uses it beside its own."""

    kind: Literal["none", "self", "onnx", "http", "precomputed"] = "none"
    """self: trained here by `daogou encoder train`; onnx: a folder of ONNX files; http: an endpoint; precomputed: a
    file of vectors; none: the words alone. Only http ever sends anything out: the texts of the catalogue."""
    path: str = ""
    """onnx: the folder with encoder.json; precomputed: the .npz or .parquet file; relative to shop.toml's folder."""
    pictures: str = ""
    """Folder of picture files that the items' `images` name, relative to shop.toml's folder. Nothing is fetched."""
    url: str = ""
    """http: address of the endpoint, for example http://127.0.0.1:9000/v1/embeddings."""
    model: str = ""
    """http: name of the model to ask for."""
    key: SecretStr | None = None
    """http: bearer token; best given as DAOGOU_ENCODER__KEY."""
    dimension: int = Field(0, ge=0, le=16_384)
    """Numbers per vector: needed for http; for precomputed 0 means whatever the file has."""
    batch: int = Field(64, ge=1, le=2_048)
    """http: texts per call."""
    timeout_seconds: float = Field(30.0, gt=0)
    """http: longest wait for one answer."""
    retries: int = Field(4, ge=0, le=20)
    """http: how often a call is repeated, more slowly each time, before giving up."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """self: settings of the recipe, spelled as on its page, for example {epochs = 40}."""


DEFAULT_MODELS: Mapping[str, ModelSettings] = {
    "popularity": ModelSettings(recipe="popularity"),
    "trending": ModelSettings(recipe="trending"),
    "repeat": ModelSettings(recipe="repeat"),
    "ease": ModelSettings(recipe="ease"),
    "item_knn": ModelSettings(recipe="item_knn"),
    "bought_together": ModelSettings(recipe="bought_together"),
    "content": ModelSettings(recipe="content"),
}
