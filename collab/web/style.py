"""`/style`: every component in three languages and all themes, for those who build. Development only."""

from flask import Blueprint, Response, current_app, request

from collab.core import i18n
from collab.core.errors import NotFound

from .doors import door
from .pages import show
from .style_sheet import SHEET

style = Blueprint("style", __name__)

THEMES = ("auto", "light", "dark", "contrast")


@door(style, "GET /style", public=True)
def sheet() -> Response:
    """The component sheet."""
    if current_app.config["COLLAB_ENV"] == "production":
        raise NotFound
    i18n.speak(request.args.get("locale", i18n.locale()))
    theme = request.args.get("theme", "auto")
    return show("web/style.html", sheet=SHEET, theme=theme if theme in THEMES else "auto")
