"""Pages of the organisation and its doors."""

from flask import Blueprint

people_pages = Blueprint("people", "collab.people", template_folder="templates")
access_pages = Blueprint("access", "collab.people", template_folder="templates")
administration_pages = Blueprint(
    "administration", "collab.people", template_folder="templates", url_prefix="/administration"
)
