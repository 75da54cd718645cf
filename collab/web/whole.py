"""Templates that are put together whole, part by part, from plain text.

Jinja passes every piece of text up through each part that lies around it: a word in a row of a list within a part
within a block within the layout, six times. Nobody reads a page of ours before it is complete, so each part hands on
one text.
"""

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

Render = Callable[..., Iterator[str]]


class Whole(Template):
    """A template whose parts are each one piece of text."""

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> Template:
        namespace["escape"] = escaped
        namespace["root"] = _whole(namespace["root"])
        namespace["blocks"] = {name: _whole(render) for name, render in namespace["blocks"].items()}
        return super()._from_namespace(environment, namespace, globals)


def escaped(value: Any) -> str:
    """`value` as it may stand in a page. What is made of it is only ever joined, so it is not marked as safe, which
    costs more than making it safe.
    """
    kind = type(value)
    safe: str
    if kind is str:
        safe = _escape_inner(value)
    elif kind is Markup:
        safe = value
    else:
        safe = str(value) if kind is int else str(escape(value))
    return safe


def _whole(render: Render) -> Render:
    def once(*given: Any, **named: Any) -> Iterator[str]:
        yield "".join(render(*given, **named))

    return once
