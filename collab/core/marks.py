"""Marking parts of a text, as safe HTML: everything that was written is escaped, and only the marks are markup."""

from collections.abc import Iterable

from markupsafe import Markup, escape


def with_marks(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """`text` with each stretch `(start, end)` in `<mark>`. Stretches come in order and do not overlap."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*parts, escape(text[at:])])
