"""The lake: the event log's past as immutable Parquet files by day, and the Dataset that learning reads from it."""

from daogou.data.lake.compact import compact, prune
from daogou.data.lake.files import check_lake
from daogou.data.lake.forget import Forgotten, forget
from daogou.data.lake.read import read_dataset
from daogou.data.lake.saved import open_dataset, save_dataset
from daogou.data.store.store import LakeFile, Manifest

__all__ = [
    "Forgotten",
    "LakeFile",
    "Manifest",
    "check_lake",
    "compact",
    "forget",
    "open_dataset",
    "prune",
    "read_dataset",
    "save_dataset",
]
