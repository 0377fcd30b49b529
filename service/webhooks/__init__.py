"""Events for other programs: written beside what happened, sent after it is committed."""
