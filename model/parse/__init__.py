"""Note to ParsedNote: sections, segments, durations, stated claim, people. spaCy stays in here."""
