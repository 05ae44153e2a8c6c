"""The steps that build a shop's tables, run by `open_store`; one file per step in `versions`."""

HEAD = "0011"
"""The newest step; a database that is there already is opened without starting the migration machinery."""
