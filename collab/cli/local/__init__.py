"""Everything Collab needs on one machine, started and ended by Collab itself."""
