"""Tasks and pending items from other systems, brought in by one bulk verb."""
