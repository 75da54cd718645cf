"""Conversations of another system brought in: read from its export, compared with what is here, written at once."""
