"""Decisions: a question, the people entitled, a stated rule, and what follows."""
