"""One concern a file; see `registry`."""
