"""Reviews: readings of notes and the decisions people make on them. Start at ``fold.py``."""
