import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from collab.core.markdown import Target, Texts, render
from tests.core.markdown.hostile import HOSTILE


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("hello", '<p dir="auto">hello</p>\n'),
        ("*a* **b** ~~c~~ `d`", '<p dir="auto"><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>\n'),
        ("a\nb", '<p dir="auto">a<br>\nb</p>\n'),
        ("# Title", '<h3 dir="auto">Title</h3>\n'),
        ("###### Title", '<h6 dir="auto">Title</h6>\n'),
        ("---", "<hr>\n"),
        ("    code", '<pre dir="ltr"><code>code\n</code></pre>\n'),
        ("```py\n<b>\n```", '<pre><code dir="ltr">&lt;b&gt;\n</code></pre>\n'),
        ("3. c", '<ol start="3" dir="ltr">\n<li dir="ltr">c</li>\n</ol>\n'),
        ("", ""),
    ],
)
def test_common_markdown_is_laid_out(text, html):
    assert render(text) == html
    assert isinstance(render(text), Markup)


def test_lists_and_quotes_take_the_direction_of_their_first_letter():
    html = render("- سلام\n- hello\n\n> ۱۲ - متن")
    assert html.count('<ul dir="rtl">') == 1
    assert '<blockquote dir="rtl">' in html
    assert '<p dir="auto">۱۲ - متن</p>' in html
    assert render("> 12").startswith('<blockquote dir="auto">')


def test_task_lists_are_boxes_that_cannot_be_pressed():
    html = render("- [ ] open\n- [x] done\n- [y] no box")
    assert html.count('<input type="checkbox" disabled="">') == 1
    assert html.count('<input type="checkbox" disabled="" checked="">') == 1
    assert '<li dir="ltr" class="task done">' in html
    assert "[y] no box" in html


def test_tables_keep_their_alignment_without_styles():
    html = render("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|")
    assert re.findall(r'<td dir="auto" class="(.*?)">', html) == ["align-start", "align-center", "align-end"]
    assert "style" not in html


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("[a](https://e.gr)", "https://e.gr", "a"),
        ("<https://e.gr>", "https://e.gr", "https://e.gr"),
        ("see https://e.gr/a_b, then", "https://e.gr/a_b", "https://e.gr/a_b"),
        ("(https://e.gr/a_(b))", "https://e.gr/a_(b)", "https://e.gr/a_(b)"),
        ("www.e.gr.", "https://www.e.gr", "www.e.gr"),
        ("write to a.b@e.gr!", "mailto:a.b@e.gr", "a.b@e.gr"),
        ("[m](mailto:a@e.gr)", "mailto:a@e.gr", "m"),
        ("«https://e.gr»", "https://e.gr", "https://e.gr"),
    ],
)
def test_addresses_become_links_that_tell_nothing(text, address, shown):
    assert f'<a href="{address}" rel="noopener nofollow">{shown}</a>' in render(text)


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java\nscript:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](vbscript:x)",
        "[a](file:///etc/passwd)",
        "[a](//evil.example)",
        "[a](/administration)",
        "[a](ftp://e.gr)",
        "<javascript:alert(1)>",
        "[a]: javascript:alert(1)\n\n[a]",
        "javascript:alert(1)",
    ],
)
def test_other_addresses_stay_text(text):
    assert "<a" not in render(text)


class _Seen(HTMLParser):
    """What a browser would build: tags, attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


TAGS = "a blockquote br code s em strong h3 h4 h5 h6 hr input li ol p pre table tbody td th thead tr ul"
ALLOWED = set(TAGS.split())


def harmless(html):
    seen = _Seen()
    seen.feed(str(html))
    assert seen.tags <= ALLOWED
    for name, value in seen.attributes:
        assert name in {"href", "title", "rel", "class", "dir", "start", "type", "disabled", "checked"}
        if name == "href":
            assert re.match(r"(?:https?://|mailto:)", value)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![a](https://e.gr/spy.png)",
        "<b onclick=x>b</b>",
        "<!-- c -->",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "</p></div><style>*{}</style>",
        '[a](https://e.gr "x\\" onmouseover=alert(1)")',
        '[a](https://e.gr/"onmouseover=alert(1))',
        "```<script>\nx\n```",
        "| <script> |\n|-|\n| <svg/onload=x> |",
        "- [x] <input autofocus onfocus=x>",
        '<a href="https://e.gr" target=_blank>x</a>',
        "&lt;script&gt;",
        "\x00<script>",
        "a<br/>b",
        "<math><mi xlink:href=x></math>",
    ],
)
def test_raw_html_never_passes(text):
    harmless(render(text))


MARKS = st.text("<>/ab \n\"'=&;#x[]()!*_`~|-:.@\\0123HT", max_size=60)


@given(MARKS | st.text(max_size=60))
def test_no_text_becomes_more_than_the_allowed(text):
    harmless(render(text))


@given(st.text("abc αβγ سلام\n", max_size=80))
def test_words_are_never_lost(text):
    assert "".join(Markup(render(text)).striptags().split()) == "".join(text.split())


def known(kind, name):
    people = {"maria": Target("/people/7", "Μαρία <Π>"), "j.doe": Target("/people/8")}
    return people.get(name) if kind == "person" else Target(f"/work-items/{name}")


def test_mentions_and_references_are_links_where_they_are_known():
    html = render("@maria asks @j.doe. and @nobody: PARKS-214, (TAX-9)", known)
    assert '<a href="/people/7" class="mention" dir="auto" rel="noopener nofollow">Μαρία &lt;Π&gt;</a>' in html
    assert '<a href="/people/8" class="mention" dir="auto" rel="noopener nofollow">@j.doe</a>. and @nobody:' in html
    assert '<a href="/work-items/PARKS-214" class="reference" dir="auto" rel="noopener nofollow">PARKS-214</a>,' in html
    assert ">TAX-9</a>)" in html


@pytest.mark.parametrize(
    "text", ["`PARKS-214`", "    @maria", "a@maria", "xPARKS-214", "PARKS-214-2", "parks-214", "/PARKS-1"]
)
def test_code_and_parts_of_words_are_no_mentions(text):
    assert "<a" not in render(text, known)


def test_a_mention_inside_a_link_stays_its_text():
    assert render("[see @maria](https://e.gr)", known).count("<a") == 1


@pytest.mark.parametrize("address", ["https://evil.example", "//evil.example", "/\\evil.example", "x", ""])
def test_a_mention_leads_nowhere_else(address):
    with pytest.raises(ValueError, match="on this site"):
        Target(address)


def spent(work):
    begun = process_time()
    work()
    return process_time() - begun


def slowness():
    """How much slower than the machine of the figures this one is just now: its own loop took 12 ms there."""
    return max(1.0, spent(lambda: [len(str(number)) for number in range(100_000)]) / 0.012)


@pytest.mark.nightly
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little(name):
    """50 ms of processor time for 100 kB; the least of four tries, since the machine is shared."""
    assert min(spent(lambda: render(HOSTILE[name], known)) / slowness() for _ in range(4)) < 0.05


def test_beyond_the_budget_nothing_is_lost():
    text = "".join(f"- item {number}\n\n" for number in range(5_000))
    html = render(text)
    assert html.startswith('<ul dir="ltr">')
    assert "item 4999</p>" in html
    assert html.count("item ") == 5_000
    assert "<p dir" not in render(text[:30_000], budget=10**7).split("</ul>")[-1]
    harmless(html)
    harmless(render("| <b> " * 50 + "\n" + "|-" * 50 + "\n<script>"))


def test_many_texts_of_a_page_share_one_budget():
    """30 costly ones: the first are laid out, in all no more than one text may take; nothing of the others is lost."""
    texts, costly = Texts(budget=40_000), "- *item* here\n\n" * 200
    drawn = [texts.render(costly) for _ in range(30)]
    assert drawn[0] == render(costly)
    assert {html.count("item") for html in drawn} == {200}
    assert sum(html.count("<em>") for html in drawn) <= render(costly * 30).count("<em>") < 30 * 200
    assert drawn[-1] == '<p dir="auto">- *item* here</p>\n' * 200
    harmless(texts.render("<script>*a*</script>"))


def test_one_text_of_a_page_takes_no_more_than_it_may_alone():
    texts, endless = Texts(), "- *item* here\n\n" * 5_000
    assert texts.render(endless) == render(endless)
    assert texts.render("- *short*") == render("- *short*"), "there is something left for the others"
