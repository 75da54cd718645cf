"""The laws of the shell's templates: nothing inline, nothing unsafe, nothing dear inside a loop, only known icons."""

import json
import re
from pathlib import Path

import pytest

from collab.web.template_lines import joined

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "collab/web/templates").rglob("*.html"))
ICONS = json.loads((ROOT / "frontend/icons.json").read_text())
OWN = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "frontend/icons-own.svg").read_text()))
KNOWN = {*ICONS["names"], *ICONS["flip"], *OWN}
INLINE = re.compile(r"""<[^>]*\s(?:style|on\w+|hx-on[\w:-]*)\s*=|\bjavascript:|hx-vals=["']js:|\|\s*safe\b|Markup\(""")
DEAR = re.compile(r"_\(|ngettext\(|url_for\(|asset\(")


def source(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)


def loops(text: str) -> list[str]:
    """The bodies of the loops, innermost and outer ones alike, without the expression looped over."""
    bodies: list[str] = []
    open_at: list[int] = []
    for tag in re.finditer(r"\{%-?\s*(for|endfor)\b.*?%\}", text, flags=re.S):
        if tag[1] == "for":
            open_at.append(tag.end())
        else:
            bodies.append(text[open_at.pop() : tag.start()])
    return bodies


def names(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 15


@pytest.mark.parametrize("planted", ['<p style="a">', "<b onclick='x'>", '<i hx-on:click="x">', "{{ text|safe }}"])
def test_something_inline_is_seen(planted: str) -> None:
    assert INLINE.search(planted)


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_nothing_is_inline_or_unsafe(path: Path) -> None:
    text = source(path)
    assert INLINE.findall(text) == []
    assert [script for script in re.findall(r"<script[^>]*>", text) if "nonce=" not in script] == []


def test_a_dear_call_in_a_loop_is_seen() -> None:
    assert [body for body in loops('{% for a in b %}<a>{{ _("x") }}</a>{% endfor %}') if DEAR.search(body)]


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_no_dear_call_stands_in_a_loop(path: Path) -> None:
    assert [body[:80] for body in loops(source(path)) if DEAR.search(body)] == []


def test_every_icon_is_in_the_sprite() -> None:
    used = {
        (icon, names(path))
        for path in sorted((ROOT / "collab").rglob("templates/**/*.html"))
        for icon in re.findall(r"#([a-z][a-z0-9-]*)\"></use>", source(path))
    }
    assert used, "no icon was found: the pattern is wrong"
    assert {(icon, path) for icon, path in used if icon not in KNOWN} == set()


def test_every_class_of_the_shell_is_drawn() -> None:
    css = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "frontend/css").rglob("*.css"))
    drawn = set(re.findall(r"\.([a-zA-Z][\w-]*)", css))
    # A whole list of words only: classes put together in the template end in what a variable says.
    used = {
        word for path in TEMPLATES for value in re.findall(r'class="([^"{]*)"', source(path)) for word in value.split()
    }
    assert used - drawn - {"sheet", "tree-name"} == set()


def test_every_template_that_is_named_is_there() -> None:
    package = ROOT / "collab"
    there = {path.as_posix().split("/templates/", 1)[1] for path in package.rglob("templates/**/*.html")}
    named = re.compile(r"""["']([a-z_]+/[a-z_/]+\.html)["']""")
    sources = [*package.rglob("*.py"), *package.rglob("templates/**/*.html")]
    missing = {f"{path.name}: {name}" for path in sources for name in named.findall(path.read_text(encoding="utf-8"))
               if name not in there}  # fmt: skip
    assert len(there) > 100
    assert not missing


def test_a_block_that_nobody_shows_is_not_written() -> None:
    """A block of a page whose layout has none of that name is never shown, and nothing else would tell."""
    package = ROOT / "collab"
    texts = {path.as_posix().split("/templates/", 1)[1]: source(path) for path in package.rglob("templates/**/*.html")}
    parent = {name: found[1] for name, text in texts.items() if (found := re.search(r'{% extends "([^"]+)" %}', text))}
    blocks = {name: set(re.findall(r"{%-? block (\w+)", text)) for name, text in texts.items()}

    def shown(name: str) -> set[str]:
        return blocks[name] | (shown(parent[name]) if name in parent else set())

    assert len(parent) > 60
    assert not {f"{name}: {block}" for name in parent for block in blocks[name] - shown(parent[name])}


EVERY = sorted((ROOT / "collab").rglob("templates/**/*.html"))
SENTENCE = re.compile(r'(?:_|ngettext)\("[^"]{60,}"')


@pytest.mark.parametrize("path", EVERY, ids=names)
def test_a_template_is_read_without_scrolling_aside(path: Path) -> None:
    long = [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 160]
    assert [line for line in long if not SENTENCE.search(line)] == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>\n  <b>a</b>\n  <i>b</i>\n</p>", "<p><b>a</b><i>b</i></p>"),
        ("<p\n    class='x'>one\n  two</p>", "<p class='x'>one two</p>"),
        ("{% if a %}\n  <b>{{ a }}</b>\n  {{ b }}\n{% endif %}", "{% if a %}<b>{{ a }}</b>{{ b }}\n{% endif %}"),
        ("<b>a</b>\n<i>b</i>", "<b>a</b>\n<i>b</i>"),
        ("{% set a = {1,\n    2} %}{#- a\n    b -#}", "{% set a = {1,\n    2} %}{#- a\n    b -#}"),
        ("<textarea>\n{{ a }}\n</textarea>", "<textarea>\n{{ a }}\n</textarea>"),
    ],
)
def test_a_break_before_an_indented_line_does_not_reach_the_page(written: str, read: str) -> None:
    assert joined(written) == read
