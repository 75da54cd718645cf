"""Projects: a goal with a plan, a budget and an end."""
