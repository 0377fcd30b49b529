"""What a plan of care must carry, and the days it must keep."""
