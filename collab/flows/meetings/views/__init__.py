"""Pages of meetings."""

from typing import Any

from flask import Blueprint

from collab.core.dates import digits

pages = Blueprint("meetings", "collab.flows.meetings", template_folder="templates")


@pages.context_processor
def said() -> dict[str, Any]:
    """Numbers in the reader's digits."""
    return {"digits": digits}
