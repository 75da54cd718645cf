"""`/style`: every component in three languages and all themes, for those who build. Development only."""

from flask import Blueprint, Response, current_app, request

from collab.core import i18n
from collab.core.errors import NotFound

from .doors import door
from .pages import show
from .style_sheet import SWATCHES, THEMES, sheet

style = Blueprint("style", __name__)


@door(style, "GET /style", public=True)
def components() -> Response:
    """The component sheet."""
    if current_app.config["COLLAB_ENV"] == "production":
        raise NotFound
    i18n.speak(request.args.get("locale", i18n.locale()))
    asked = request.args.get("theme", "light")
    theme = asked if asked in THEMES else "light"
    shown = sheet(i18n.locale(), theme)
    return show("web/style.html", sheet=shown, swatches=SWATCHES, themes=THEMES, locales=i18n.LOCALES)
