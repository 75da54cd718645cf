"""Pages of decisions."""

from typing import Any

from flask import Blueprint

from collab.core.dates import digits

pages = Blueprint("decisions", "collab.decisions", template_folder="templates")


@pages.context_processor
def said() -> dict[str, Any]:
    """Numbers in the reader's digits."""
    return {"digits": digits}
