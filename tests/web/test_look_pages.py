"""The shell and the sheet as documents: whole, labelled, in three languages, and cheap to make."""

from html.parser import HTMLParser

import pytest
from flask import Flask, render_template
from jinja2 import pass_context

from collab.core import i18n
from tests.web.look_stage import calls_of, shell, stage

VOID = {"meta", "link", "input", "br", "hr", "img", "use", "rect", "circle", "path"}


class Reading(HTMLParser):
    """What a page holds: ids, references to ids, and tags that were not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.asked: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.labels: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("aria-describedby", "aria-labelledby", "for", "popovertarget"):
            self.asked |= set((given.get(name) or "").split())
        if tag in ("input", "textarea", "select") and given.get("type") not in ("hidden", "checkbox", "radio"):
            self.inputs.append(given)
        if tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.fixture(scope="module")
def app() -> Flask:
    return stage()


def read(app: Flask, address: str) -> tuple[str, Reading]:
    text = app.test_client().get(address).get_data(as_text=True)
    reading = Reading()
    reading.feed(text)
    return text, reading


@pytest.mark.parametrize("locale", ["en", "el", "fa"])
@pytest.mark.parametrize("path", ["/style", "/moving", "/failure"])
def test_a_page_is_whole_and_labelled(app: Flask, path: str, locale: str) -> None:
    text, page = read(app, f"{path}?locale={locale}")
    assert f'<html lang="{locale}" dir="{i18n.direction(locale)}"' in text
    assert (page.wrong, page.open) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    assert page.asked <= set(page.ids) | {""}
    unnamed = [given for given in page.inputs if given.get("id") not in page.labels and not given.get("aria-label")]
    assert [given for given in unnamed if path != "/moving"] == []
    assert "main" in page.ids
    assert 'href="#main"' in text


def test_the_sheet_shows_every_state_with_a_shape_and_a_word(app: Flask) -> None:
    text, _page = read(app, "/style?locale=el&theme=dark")
    for state, icon, word in (("waiting", "hourglass", "Σε αναμονή"), ("done", "circle-check", "Ολοκληρώθηκε")):
        assert f"state-{state}" in text
        assert f"#{icon}" in text
        assert word in text


def test_a_refusal_carries_its_sentence_for_the_toast_escaped(app: Flask) -> None:
    text, _page = read(app, "/failure")
    assert 'data-problem="There is no &#34;item&#34; &lt;here&gt;."' in text


def test_the_shell_is_small_and_made_in_few_calls(app: Flask) -> None:
    """The frame alone, with the real gettext: its calls are counted, as their time is another on each machine."""
    with app.test_request_context("/?locale=en"):
        frame = shell("en", "light")
        given = {"shell": frame, "csrf_token": "t", "nonce": lambda: "n", "asked": 0}
        template = app.jinja_env.from_string(
            '{% extends "web/layout.html" %}{% block title %}T{% endblock %}', {**app.jinja_env.globals}
        )
        text = template.render(given, get_flashed_messages=lambda **_: [])
        assert "nav-link" in text
        assert len(text) < 16_000
        assert calls_of(lambda: template.render(given, get_flashed_messages=lambda **_: [])) < 6_000


def test_the_shell_asks_for_no_address_and_few_words(app: Flask) -> None:
    calls = {"words": 0, "addresses": 0}

    def word(text: str, **_values: object) -> str:
        calls["words"] += 1
        return text

    @pass_context
    def address(_context: object, *_given: object, **_named: object) -> str:
        calls["addresses"] += 1
        return "/"

    with app.test_request_context("/"):
        env = app.jinja_env.overlay()
        env.globals = {**app.jinja_env.globals, "_": word, "url_for": address}
        template = env.from_string('{% extends "web/layout.html" %}{% block title %}T{% endblock %}')
        template.render(
            shell=shell("en", "light"), csrf_token="t", nonce=lambda: "n", get_flashed_messages=lambda **_: []
        )
    assert calls["addresses"] == 0
    assert 20 < calls["words"] < 80


def test_parts_render_on_their_own(app: Flask) -> None:
    with app.test_request_context("/"):
        shown = render_template(
            "web/_field.html", field={"name": "due", "label": "Due", "error": "Too early", "hint": "A day"}
        )
        assert 'aria-describedby="f-due-hint f-due-error" aria-invalid="true"' in shown
        assert render_template("web/_pager.html").strip() == ""
        assert 'rel="next"' in render_template("web/_pager.html", next_href="?after=1")
