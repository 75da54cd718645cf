"""Asking for items: the query language, the tree that saved views and the filter bar share, what it means in SQL."""
