"""Icons: one sprite of those in use, drawn by reference."""

from functools import cache

from markupsafe import Markup, escape

from .assets import asset


@cache
def icon(name: str, label: str | None = None) -> Markup:
    """An icon by name; with a `label` it speaks to screen readers, without one it is decoration."""
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon icon-{}" {}><use href="{}#{}"></use></svg>').format(
        escape(name), said, asset("icons.svg"), name
    )
