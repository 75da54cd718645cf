"""Pages of work items, offers, questions and a unit's pending work."""

from flask import Blueprint

pages = Blueprint("work", "collab.work", template_folder="templates")

from . import acts, editing, handing, item, lists, units, waiting  # noqa: E402, F401 they hang their routes on `pages`
