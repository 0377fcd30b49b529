"""What each kind of service should tell of itself; said only where it is clearly absent."""
