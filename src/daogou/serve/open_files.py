"""Every connection is an open file, and a system allows only so many: how many, and asking for more."""

from __future__ import annotations

import sys

BESIDE_CONNECTIONS = 256
"""Open files that are not connections: databases, models, logs, and some to spare."""


def raise_limit(max_connections: int) -> None:
    """Ask the system for as many open files as these connections may need; it may allow fewer."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max_connections + BESIDE_CONNECTIONS
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def connections_allowed(max_connections: int) -> int:
    """The setting, or what the system's limit leaves of it."""
    if sys.platform == "win32":
        return max_connections
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return max_connections
    return max(64, min(max_connections, soft - BESIDE_CONNECTIONS))
