"""Facts to suggestions: codes, units, modifiers and diagnoses, ranked, able to abstain."""
