"""Who did what, kept so that a change of the past shows."""
