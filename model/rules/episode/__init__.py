"""What the days of an episode say of each other."""
