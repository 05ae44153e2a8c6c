"""The shop's word over its lists.

as written ─▶ reading ─▶ rule ─▶ check, preview ─▶ book (versions) ─▶ ruling (arrays) ─▶ apply, arrange
"""
