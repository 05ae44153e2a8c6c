"""How a running server shows what it does: metrics for machines, a log line per call for people."""
