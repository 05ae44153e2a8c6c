"""Getting facts in: files and rows of many spellings become items, users and events, or are refused with a reason."""

from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.events import parse_event
from daogou.data.ingest.items import parse_item
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.report import ImportReport
from daogou.data.ingest.run import import_files, import_rows
from daogou.data.ingest.users import parse_user

__all__ = [
    "Defaults",
    "ImportOptions",
    "ImportReport",
    "import_files",
    "import_rows",
    "parse_event",
    "parse_item",
    "parse_user",
]
