"""Tasks and pending items: the two everyday tools."""
