"""Compiled inner loops: one file per kind of arithmetic. Those that answer shoppers compile when they are imported."""
