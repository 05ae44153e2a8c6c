"""Whether what comes in and what goes out still is what it used to be, judged by the shop's own past."""

DRIFT_FILE = "drift.json"
"""Where the newest look is kept, for servers to tell."""
