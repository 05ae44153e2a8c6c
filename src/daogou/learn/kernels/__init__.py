"""Compiled inner loops, used while fitting only: scoring never imports this folder."""
