"""Text in three scripts: cleaning what is typed, folding and stemming for search, keys for sorting."""
