"""Pages of tasks and pending items."""

from flask import Blueprint

pages = Blueprint("tasks", "collab.tasks", template_folder="templates")
