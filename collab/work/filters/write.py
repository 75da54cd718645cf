"""A tree as text: what `parse` reads into the same tree again."""

from typing import Final

from .fields import FIELDS, word_of
from .parse import is_plain
from .tree import Either, Every, Leaf, Node, Not
from .values import Speaker, written

_OR: Final = {"en": "OR", "el": "Ή", "fa": "یا"}


def write(tree: Node, speaker: Speaker) -> str:
    """The query in the language and calendar of `speaker`."""
    return _text(tree, speaker, top=True)


def _text(tree: Node, speaker: Speaker, *, top: bool = False) -> str:
    if isinstance(tree, Leaf):
        sign = ":" if tree.operator == "=" else tree.operator
        return f"{word_of(tree.field, speaker.locale)}{sign}{_value(tree, speaker)}"
    if isinstance(tree, Not):
        return f"-{_text(tree.part, speaker)}"
    if isinstance(tree, Either):
        alike = one_of(tree)
        if alike:
            first, *others = alike
            return ",".join([_text(first, speaker), *(_value(each, speaker) for each in others)])
        whole = f" {_OR.get(speaker.locale, 'OR')} ".join(_text(part, speaker) for part in tree.parts)
        return whole if top else f"({whole})"
    whole = " ".join(_text(part, speaker) for part in tree.parts)
    return whole if top else f"({whole})"


def one_of(tree: Node) -> list[Leaf]:
    """The leaves of "this field is one of these values"; empty for any other tree."""
    if not isinstance(tree, Either):
        return []
    found = [part for part in tree.parts if isinstance(part, Leaf)]
    alike = {(leaf.field, leaf.operator) for leaf in found}
    same = len(found) == len(tree.parts) and len(alike) == 1 and found[0].operator == "="
    return found if same else []


def is_empty(tree: Node) -> bool:
    return isinstance(tree, Every) and not tree.parts


def _value(leaf: Leaf, speaker: Speaker) -> str:
    text = written(FIELDS[leaf.field], leaf.value, speaker)
    if is_plain(text):
        return text
    inner = text.replace("\\", "\\\\")
    return '"' + inner.replace('"', '\\"') + '"'
