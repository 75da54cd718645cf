"""What may be entered about links between items."""

from typing import Literal

from collab.core.forms import Form, Short
from collab.core.i18n import N_

LinkKind = Literal["relates", "blocks", "blocked-by", "duplicates"]
KINDS: dict[str, str] = {
    "relates": N_("has to do with"),
    "blocks": N_("must be finished before"),
    "blocked-by": N_("cannot be finished before"),
    "duplicates": N_("is the same as"),
}


class NewLink(Form):
    """How this item stands to `item`, which is named by its reference or id."""

    item: Short
    kind: LinkKind = "relates"
