"""Lists from other systems: files read and checked here, then brought in by one bulk verb each."""
