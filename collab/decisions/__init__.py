"""Decisions: a question, the people entitled to decide, a rule known beforehand, and what follows."""
