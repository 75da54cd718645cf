"""A tree that came from outside (JSON) held against the conditions there are."""

from collab.core.i18n import N_, _

from . import fields
from .errors import BadQuery, near
from .parse import NO_FIELD, NOT_COMPARED
from .tree import BadTree, Every, Leaf, Node, Not, bounded, either, every, from_json
from .values import Speaker, canonical

NO_TREE = N_("This is no filter as Collab keeps it.")
TOO_MUCH = N_("This filter asks too much at once.")


def read(given: object, speaker: Speaker) -> Node:
    """The tree in what was sent, with canonical values. Raises BadQuery."""
    try:
        return bounded(_checked(from_json(given), speaker))
    except BadTree as error:
        raise BadQuery(_(NO_TREE) if error.code == "shape" else _(TOO_MUCH)) from None


def _checked(tree: Node, speaker: Speaker) -> Node:
    if isinstance(tree, Leaf):
        return _leaf(tree, speaker)
    if isinstance(tree, Not):
        return Not(_checked(tree.part, speaker))
    parts = [_checked(part, speaker) for part in tree.parts]
    return every(*parts) if isinstance(tree, Every) else either(*parts)


def _leaf(leaf: Leaf, speaker: Speaker) -> Leaf:
    field = fields.FIELDS.get(leaf.field)
    if field is None:
        raise BadQuery(_(NO_FIELD, word=leaf.field), None, near(leaf.field, fields.FIELDS))
    value = canonical(field, leaf.value, speaker)
    if leaf.operator not in field.operators or (leaf.operator != "=" and value in field.specials):
        raise BadQuery(_(NOT_COMPARED, field=_(field.label), example=fields.example_of(field, speaker.locale)))
    return Leaf(leaf.field, value, leaf.operator)
