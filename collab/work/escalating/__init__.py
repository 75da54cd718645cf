"""Who hears of what is overdue: the way up the tree, by post. `ladder`, `rules` and `turn` are pure."""
