"""The same things, typed by a person: one file per command, loaded only when it is asked for."""
