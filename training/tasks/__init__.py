"""One module an artifact: what is fitted, and on what."""
