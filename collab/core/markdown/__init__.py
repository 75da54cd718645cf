"""Markdown, as people write it, to HTML that is safe to show and to plain text."""

from .cost import affordable
from .excerpt import excerpt, unmarked, unquoted
from .links import Kind, Mentioned, Resolver, Target, mentioned
from .render import Texts, render
from .shape import first_direction

__all__ = [
    "Kind", "Mentioned", "Resolver", "Target", "Texts", "affordable", "excerpt", "first_direction", "mentioned",
    "render", "unmarked", "unquoted",
]  # fmt: skip
