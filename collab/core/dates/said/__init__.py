"""Days as people say them, in English, Greek and Persian: typed into a line of a task, a field, or a search."""

from .days import Today, day_in

__all__ = ["Today", "day_in"]
