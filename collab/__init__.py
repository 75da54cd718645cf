"""Collab: the place where a public organisation does its internal work together."""

__version__ = "0.1.0"
