"""A dataset with what the shop's encoder makes of its items, and the training of the shop's own encoder."""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.core.settings import EncoderSettings
from daogou.core.types import F32, Item
from daogou.data.dataset import Dataset
from daogou.learn.encoders import PictureFolder, encodables, open_encoder, own_folder
from daogou.learn.encoders.cache import Cached
from daogou.learn.encoders.graphs import write_graphs
from daogou.learn.encoders.http import HttpEncoder
from daogou.learn.encoders.own import OwnEncoder, TrainedEncoder
from daogou.learn.evaluation.protocols import time_cuts

NAMED = 3
"""Items that a note about problems names."""


def picture_folder(settings: EncoderSettings, folder: Path) -> PictureFolder:
    """Where this shop's pictures lie, or nowhere."""
    return PictureFolder(folder / settings.pictures if settings.pictures else None)


def encoded(
    dataset: Dataset, settings: EncoderSettings, folder: Path, files: Path, *, progress: Progress = silent
) -> tuple[Dataset, list[str]]:
    """The dataset with a vector for every item that the shop's encoder can place, and notes on those it cannot.

    folder, files  the shop's folder and its folder of files

    Without an encoder the dataset comes back as it is. Raises what `open_encoder` and the encoder raise.
    """
    encoder = open_encoder(settings, folder, files)
    if encoder is None or len(dataset.items) != dataset.n_items:
        return dataset, []
    made = encoder.encode(encodables(dataset.items, picture_folder(settings, folder)), progress=progress)
    return replace(dataset, vectors=made.vectors, encoder=encoder.fingerprint), problem_notes(made.problems)


def vectors_now(items: Sequence[Item], settings: EncoderSettings, folder: Path, files: Path, space: str) -> F32:
    """(len(items), dimension) while a shopper waits: nothing is asked over the network, only what is kept is used.

    space  fingerprint of the encoder that the model was fitted with

    Raises InvalidInput when the encoder in force is another one, and what `open_encoder` and the encoder raise.
    """
    encoder = open_encoder(settings, folder, files)
    if encoder is None or encoder.fingerprint != space:
        raise InvalidInput(
            f"The models were trained with the encoder {space}, the settings name "
            f"{encoder.fingerprint if encoder else 'none'}. Run: daogou train"
        )
    things = encodables(items, picture_folder(settings, folder))
    if isinstance(encoder, Cached) and isinstance(encoder.encoder, HttpEncoder):
        return encoder.known(things).vectors
    return encoder.encode(things).vectors


def train_own(
    dataset: Dataset,
    settings: EncoderSettings,
    folder: Path,
    files: Path,
    *,
    seed: int = 0,
    progress: Progress = silent,
) -> TrainedEncoder:
    """Train the shop's own encoder and put it in the place of the one before, in one step at the end.

    It learns from events before those that the mix and the figures of `daogou train` are measured on, so these stay
    honest. Interrupted, it goes on where it stopped. Raises what `OwnEncoder.fit` raises.
    """
    recipe = own_recipe(settings.settings)
    things = encodables(dataset.items, picture_folder(settings, folder))
    cuts = time_cuts(dataset)
    taken = (dataset.between(None, cuts[0]) if cuts else dataset).matrix()
    checkpoint = files / "encoder.training"
    trained = recipe.fit(things, taken, seed=seed, checkpoint=checkpoint, progress=progress)
    building, place = files / "encoder.building", own_folder(files)
    shutil.rmtree(building, ignore_errors=True)
    write_graphs(building, name="own", join=trained.join, text=trained.text, picture=trained.picture)
    shutil.rmtree(place, ignore_errors=True)
    os.replace(building, place)
    shutil.rmtree(checkpoint, ignore_errors=True)
    return trained


def own_recipe(settings: Mapping[str, Any]) -> OwnEncoder:
    """The recipe with a shop's settings. Raises InvalidInput for one it does not have."""
    known = [field.name for field in dataclasses.fields(OwnEncoder)]
    unknown = sorted(set(settings) - set(known))
    if unknown:
        raise InvalidInput(f"The shop's own encoder has no setting {unknown[0]!r}. Its settings: {', '.join(known)}.")
    return OwnEncoder(**settings)


def problem_notes(problems: Mapping[str, str]) -> list[str]:
    """One sentence on items that could not be encoded in full, naming a few; none where all went well."""
    if not problems:
        return []
    named = " ".join(list(problems.values())[:NAMED])
    return [f"{len(problems):,} items are placed without all that the encoder could use. {named}"]
