"""ParsedNote to Facts: what the note states, with the words that state it."""
