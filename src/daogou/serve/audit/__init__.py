"""The audit log: every administrative act as a link of a chain, so that what is changed in it afterwards shows."""

from daogou.serve.audit.chain import Entry, Head
from daogou.serve.audit.log import AuditLog

__all__ = ["AuditLog", "Entry", "Head"]
