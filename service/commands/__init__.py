"""The commands of ``noteproof``, one a module; each imports what it needs when it runs."""
