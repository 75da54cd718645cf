"""The kinds of work item that the packages above declare."""

from collab.core.package import Kind
from collab.web.shell import packages


def kinds() -> dict[str, Kind]:
    """Code → kind, of this installation."""
    return {kind.code: kind for package in packages() for kind in package.kinds}
