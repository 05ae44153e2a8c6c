"""Copies of a running shop, complete or not there at all, and the way back from one.

A backup is a folder, or the same folder as one .tar.zst:

    manifest.json    what it holds: SHA-256 and size of every file, counts, versions, the newest acknowledged event
    database.db      the whole database as of one moment
    shop/            shop.toml, keys.json (hashes), the audit log, files that shop.toml names; secrets when asked for
    files/           the lake's Parquet files, the serving release with its models, what lists were sent
"""
