"""`/style`: every component in three languages and all themes, for those who build. Development only."""

from collections.abc import Iterable

from flask import Blueprint, Response, current_app, request

from collab.core import i18n
from collab.core.errors import NotFound
from collab.core.i18n import N_

from .doors import door
from .pages import show
from .shell import NavLine, Shell, UnitLine
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
    frame = _frame(shown.units, theme)
    return show("web/style.html", sheet=shown, swatches=SWATCHES, themes=THEMES, locales=i18n.LOCALES, shell=frame)


def _frame(units: Iterable[tuple[int, str, str]], theme: str) -> Shell:
    """A frame around the sheet that needs nobody to be signed in."""
    return Shell(
        nav=[NavLine("style", i18n._(N_("Components")), "/style", "inbox", "", True, "main")],
        kept=[],
        units=[UnitLine(depth, code, name, "/style", False) for depth, code, name in units],
        me={"name": "Collab", "initials": "C", "href": "/style"},
        inbox_count="",
        locale=i18n.locale(),
        direction=i18n.direction(),
        theme=theme,
        calendar="gregorian",
        locales=i18n.LOCALES,
        organisation="Collab",
        live=False,
    )
