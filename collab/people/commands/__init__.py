"""Verbs of the organisation and of signing in."""
