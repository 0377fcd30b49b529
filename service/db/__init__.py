"""Where encounters, decisions, people and the audit log are kept."""
