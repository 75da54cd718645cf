"""A result as pictures: bars, duels and criteria with their numbers, drawn in strict pages and read as tables."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from collab.core.i18n import speaking
from collab.decisions import pictures
from collab.decisions.pictures import duels_of, matrix_of, rounds_of

TEMPLATES = Path(pictures.__file__).parent / "templates"
PAGE = """{% from "decisions/result_rounds.html" import rounds %}{% from "decisions/result_duels.html" import duels -%}
{% from "decisions/result_matrix.html" import matrix %}{{ rounds(a) }}{{ duels(b) }}{{ matrix(c) }}"""
STV = {
    "rounds": [
        {"action": "count", "of": [], "votes": {"7": "6.00000", "9": "2.50000", "11": "1.00000"}, "elected": ["7"],
         "excluded": [], "exhausted": "0.00000"},
        {"action": "exclude", "of": ["11"], "votes": {"7": "6.00000", "9": "3.00000", "11": "0.00000"}, "elected": [],
         "excluded": ["11"], "exhausted": "0.50000"},
        {"action": "fill", "of": ["9"], "votes": {"7": "6.00000", "9": "3.00000", "11": "0.00000"}, "elected": ["9"],
         "excluded": [], "exhausted": "0.50000"},
    ],
    "winners": ["7", "9"], "quota": 4,
}  # fmt: skip
NAMES = {"7": "Seaside", "9": "<b>Κήπος</b>", "11": "باغ"}
DUELS = {
    "pairwise": {"7": {"9": 5, "11": 3}, "9": {"7": 4, "11": 3}, "11": {"7": 3, "9": 6}},
    "order": ["7", ["9", "11"]],
}
SHARES = {
    "shares": {"Cost": {"7": "1/2", "9": 0}, "Shade": {"7": "1/3", "9": "1/4"}},
    "scores": {"7": "5/6", "9": "1/4"},
}


def test_rounds_say_what_was_done_and_who_has_gone() -> None:
    shown = rounds_of(STV, NAMES)
    assert shown is not None
    assert [each.title for each in shown.rounds] == [
        "Round 1: All ballots", "Round 2: Drops out: باغ", "Round 3: Takes a place that is left: <b>Κήπος</b>",
    ]  # fmt: skip
    assert [(bar.votes, bar.width, bar.look) for bar in shown.rounds[0].bars] == [
        ("6", "100.00", "elected"), ("2.50000", "41.67", ""), ("1", "16.67", ""),
    ]  # fmt: skip
    assert len(shown.rounds[2].bars) == 2
    assert shown.rounds[1].left == "Ballots that name nobody who is left: 0.50000"


def test_options_stand_in_every_round_as_the_result_puts_them_however_it_was_kept() -> None:
    kept = STV | {"order": ["7", "9", "11"], "rounds": [
        each | {"votes": dict(sorted(each["votes"].items(), key=lambda one: (-len(one[0]), one[0] != "9")))}
        for each in STV["rounds"]
    ]}  # fmt: skip
    assert [bar.name for bar in rounds_of(kept, NAMES).rounds[0].bars] == [NAMES[one] for one in ("7", "9", "11")]


def test_duels_and_criteria_stand_in_the_order_of_the_result() -> None:
    duels, matrix = duels_of(DUELS, NAMES), matrix_of(SHARES, NAMES)
    assert duels is not None
    assert matrix is not None
    assert [[cell.look for cell in cells] for _number, _name, cells in duels.rows] == [
        ["self", "won", "even"], ["lost", "self", "lost"], ["even", "won", "self"],
    ]  # fmt: skip
    assert duels.rows[0][2][1].said == "Seaside against <b>Κήπος</b>: 5 to 4"
    assert matrix.rows == (
        ("Seaside", (("0.5", 5), ("0.333", 4)), "0.833"),
        ("<b>Κήπος</b>", (("0", 1), ("0.25", 3)), "0.25"),
    )
    assert duels_of({}) is matrix_of({}) is rounds_of({}) is None


@pytest.mark.parametrize("language", ["en", "el", "fa"])
def test_the_pictures_hold_no_style_no_script_and_no_markup_of_others(language: str) -> None:
    page = Environment(autoescape=True, loader=FileSystemLoader(TEMPLATES)).from_string(PAGE)
    with speaking(language):
        html = page.render(a=rounds_of(STV, NAMES), b=duels_of(DUELS, NAMES), c=matrix_of(SHARES, NAMES))
    assert not re.search(r"style=|<script|on\w+=|<b>Κήπος", html)
    assert html.count("<table") == html.count("<caption") == 5
    assert html.count("<svg") == 8
    assert ("۴۱" in html) is False  # widths are for the machine
    assert ("۲٫۵۰۰۰۰" in html) is (language == "fa")
