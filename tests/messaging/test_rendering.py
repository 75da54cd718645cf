"""Messages as HTML: directed by paragraph, nothing alive in it, mentions as links."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collab.core.actor import Actor
from collab.messaging.cards import Led
from collab.messaging.queries import Said
from collab.messaging.rendering import html_of, linked, rendered

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "![x](https://elsewhere.example/pixel.png)",
    "<a href='https://x' onclick=alert(1)>x</a>",
    '@[<img src=x onerror="alert(1)">](party:1)',
    '@["><script>alert(1)</script>](party:1)',
    '[@["><script>](party:1)](https://x.example)',
    'https://x.example/@["><b>](party:1)',
    "[x](party:1)",
    "[x](/mentions/1)",
    "<style>*{display:none}</style>",
    "<div style='position:fixed'>",
    "[x]: javascript:alert(1)\n\n[x]",
    "`@[<b>](party:1)`",
    "@p0.1 @[a](party:1) @p1.1",
    "\u2060@[a](party:1)\u2060",
]

ALLOWED = {
    "a", "blockquote", "br", "code", "del", "s", "em", "strong", "h3", "h4", "h5", "h6", "hr", "input", "li", "ol",
    "p", "pre", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def tags_of(html):
    parser = Tags()
    parser.feed(html)
    return parser.seen


def harmless(html):
    for tag, attributes in tags_of(html):
        assert tag in ALLOWED, tag
        for name, value in attributes.items():
            assert not name.startswith("on"), name
            assert name != "style"
            if name == "href":
                assert re.match(r"https?://|mailto:|/mentions/[1-9][0-9]*$", value or ""), value


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_alive(text):
    html = rendered(text)
    assert html
    harmless(html)


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from([*HOSTILE, "**", "`", "\n\n", "> ", "@[a](party:7)", "| a |\n|---|\n", "- "]), max_size=6)
)
def test_nothing_hostile_comes_alive_in_any_company(parts):
    harmless(rendered("".join(parts)))


def test_each_paragraph_has_its_own_direction():
    html = rendered("Hello\n\nسلام")
    assert html.count('dir="auto"') == 2


def test_a_mention_is_a_link_with_the_name_and_in_code_only_words():
    assert '<a href="/mentions/12" class="mention"' in rendered("ask @[Ann B](party:12)x")
    assert ">@Ann B</a>x" in rendered("ask @[Ann B](party:12)x")
    assert "<code>@Ann</code>" in rendered("@[Ann](party:12) `@[Ann](party:12)`")


def said(text, id_=1, edited=None):
    from datetime import UTC, datetime

    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    return Said(id_, 1, 5, "Eleni", {}, "post", text, None, None, at, edited, None, None)


def test_whoever_is_called_sees_it_marked_and_nobody_else_does():
    message = said("@[Ann](party:12) @[Parks](party:30)", id_=90001)
    assert 'class="mention mention-me"' in html_of(Actor(person_id=12, parties=frozenset({12})), message)
    assert html_of(Actor(person_id=13, parties=frozenset({13, 30})), message).count("mention-me") == 1
    assert "mention-me" not in html_of(Actor(person_id=14, parties=frozenset({14})), message)


def test_a_changed_message_is_rendered_anew():
    from datetime import UTC, datetime

    who = Actor(person_id=1)
    assert "one" in html_of(who, said("one", id_=90002))
    assert "two" in html_of(who, said("two", id_=90002, edited=datetime(2026, 11, 23, 10, tzinfo=UTC)))


def test_references_become_links_where_they_are_known_and_stay_words_in_code_and_links():
    html = rendered(
        "PARKS-2, (ΠΡΑΣΙΝΟ-7) and ROADS-9: see `PARKS-2` and [PARKS-2](https://example.org), <b>PARKS-2</b>"
    )
    links = {name: Led(f"/work-items/{name}", name) for name in ("PARKS-2", "ΠΡΑΣΙΝΟ-7")}
    seen = linked(html, links)
    assert re.findall(r'class="reference" dir="auto">([^<]*)</a>', seen) == ["PARKS-2", "ΠΡΑΣΙΝΟ-7", "PARKS-2"]
    assert "<code" in seen
    assert re.sub(r'<a href="/work-items/[^"]*" class="reference" dir="auto">([^<]*)</a>', r"\1", seen) == html
    assert linked(html, {}) == html
