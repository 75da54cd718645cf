"""The kinds of work item that the packages above declare."""

from collab.core.i18n import _
from collab.core.package import Kind
from collab.web.shell import packages


def kinds() -> dict[str, Kind]:
    """Code → kind, of this installation."""
    return {kind.code: kind for package in packages() for kind in package.kinds}


def kind_name(code: str) -> str:
    """The name of a kind in the language being spoken; its code where no package declares it."""
    kind = kinds().get(code)
    return _(kind.name) if kind else code
