"""The query language: what is written is read back, in every language; mistakes point at the word."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from collab.core.i18n import speaking
from collab.core.text.clean import Unclean, clean_line
from collab.work.filters import fields
from collab.work.filters.check import read
from collab.work.filters.complete import complete
from collab.work.filters.errors import BadQuery
from collab.work.filters.parse import parse
from collab.work.filters.tree import (
    ALL,
    MOST_LEAVES,
    BadTree,
    Every,
    Leaf,
    Node,
    Not,
    bounded,
    either,
    every,
    from_json,
    to_json,
)
from collab.work.filters.values import Speaker, canonical, day_meant
from collab.work.filters.write import write

TODAY = date(2026, 11, 25)
ENGLISH = Speaker("en", "gregorian", TODAY)
GREEK = Speaker("el", "gregorian", TODAY)
PERSIAN = Speaker("fa", "jalali", TODAY)
SPEAKERS = (ENGLISH, GREEK, PERSIAN)


# What people type, and what breaks parsers: three scripts, quotes, brackets, commas, half-spaces, digits, signs.
LETTERS = "abzAZ αβςΩάΉ یکيكآمن\u200c۱٣5 \"'“”«»\\(),،:=<>!-+_./#%|&*é漢\u0301"


def _clean(text: str) -> str | None:
    try:
        return clean_line(text, most=200)
    except Unclean:
        return None


@some.composite
def leaf(draw: some.DrawFn) -> Leaf:
    """Any condition with a value it takes."""
    field = draw(some.sampled_from(sorted(fields.FIELDS.values(), key=lambda each: each.code)))
    days = some.dates(date(1950, 1, 1), date(2110, 1, 1)).map(date.isoformat)
    relative = some.builds("{}{}{}".format, some.sampled_from("+-"), some.integers(0, 4000), some.sampled_from("dwmy"))
    usual = {
        "choice": some.sampled_from(sorted(field.choices) or [""]),
        "day": some.one_of(days, relative, some.sampled_from(["today", "tomorrow", "yesterday"])),
        "number": some.integers(0, 36_500).map(str),
        "reference": some.builds("{}-{}".format, some.sampled_from(["PARKS", "ΠΡ", "A.B"]), some.integers(1, 9999)),
    }.get(field.takes, some.text(LETTERS, min_size=1, max_size=20).map(_clean).filter(bool))
    operator = draw(some.sampled_from(field.operators))
    if operator == "=" and field.specials and draw(some.booleans()):
        return Leaf(field.code, draw(some.sampled_from(sorted(field.specials))))
    value = canonical(field, str(draw(usual)), ENGLISH)
    return Leaf(field.code, value, "=" if value in field.specials else operator)


def trees() -> some.SearchStrategy[Node]:
    """Trees in their normal form, within the bounds."""

    def grown(inner: some.SearchStrategy[Node]) -> some.SearchStrategy[Node]:
        many = some.lists(inner, min_size=1, max_size=4)
        return some.one_of(inner.map(Not), many.map(lambda p: every(*p)), many.map(lambda p: either(*p)))

    def fits(tree: Node) -> bool:
        try:
            return bounded(tree) is tree
        except BadTree:
            return False

    return some.one_of(some.just(ALL), some.recursive(leaf(), grown, max_leaves=12)).filter(fits)


def _refused(ask: Callable[[], object]) -> BadQuery | None:
    try:
        ask()
    except BadQuery as refusal:
        return refusal
    return None


@given(trees(), some.sampled_from(SPEAKERS))
def test_what_is_written_is_read_back_as_the_same_tree(tree, speaker):
    assert parse(write(tree, speaker), speaker) == tree


@given(trees(), some.sampled_from(SPEAKERS), some.sampled_from(SPEAKERS))
def test_a_colleague_of_another_language_reads_the_same(tree, writer, reader):
    assert parse(write(tree, writer), reader) == tree


@given(trees())
def test_a_tree_is_kept_as_json_and_read_back(tree):
    kept = json.loads(json.dumps(to_json(tree)))
    assert from_json(kept) == tree
    assert read(kept, ENGLISH) == tree


WORDS = some.lists(some.sampled_from([*'()-:<>=! ,"«»', "OR", "NOT", "ή", *fields.every_word(), *LETTERS]), max_size=40)


@given(WORDS.map("".join), some.sampled_from(SPEAKERS))
def test_whatever_is_typed_is_read_or_refused_with_a_place_inside_it(text, speaker):
    refusal = _refused(lambda: parse(text, speaker))
    assert refusal is None or (refusal.said and 0 <= refusal.begin <= refusal.end <= len(text))
    complete(text, speaker)


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text("ab", max_size=5),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(
            some.sampled_from(["all", "any", "not", "field", "value", "operator", "x"]), inner, max_size=4
        )
    ),
)


@given(JSON)
def test_whatever_is_sent_as_a_tree_is_read_or_refused(sent):
    refusal = _refused(lambda: read(sent, ENGLISH))
    assert refusal is None or refusal.said


EXAMPLES = {
    'holder:me state:waiting due<+7d unit:PARKS text:"κλαδιά"': 5,
    "χειριστής:εγώ ΚΑΙ προθεσμία<αύριο": 2,
    "مسئول:من سررسید<۱۴۰۵/۰۹/۰۹ و اولویت>=زیاد": 3,
    "label:storm,flood OR (priority>=high -kind:task)": 4,
    "age:>10 NOT clock:stopped": 2,
    "due < +7d": 1,
    "καλοκαίρι δέντρα": 2,
    "“fallen tree” «δέντρο»": 2,
}


@pytest.mark.parametrize("text", EXAMPLES)
def test_people_write_as_they_are_used_to(text):
    from collab.work.filters.tree import leaves

    assert len(list(leaves(parse(text, ENGLISH)))) == EXAMPLES[text]


def test_the_three_languages_say_the_same():
    english = parse("holder:me state:waiting due<+7d priority>=high", ENGLISH)
    assert parse("χειριστής:εγώ κατάσταση:αναμονή προθεσμία<+7ημέρες προτεραιότητα>=υψηλή", GREEK) == english
    assert parse("ΧΕΙΡΙΣΤΗΣ:ΕΓΩ ΚΑΤΑΣΤΑΣΗ:ΑΝΑΜΟΝΗ προθεσμια<+7η προτεραιοτητα>=υψηλη", ENGLISH) == english
    assert parse("مسئول:من وضعیت:انتظار سررسید<+۷روز اولویت>=زیاد", PERSIAN) == english
    assert parse("مسئول:من وضعيت:انتظار سررسيد<+٧روز اولويت>=زياد", PERSIAN) == english  # an Arabic keyboard


def test_a_jalali_date_is_understood_and_written_where_the_calendar_is_jalali():
    tree = parse("due<1405/09/09", PERSIAN)
    assert tree == Leaf("due", "2026-11-30", "<")
    assert write(tree, PERSIAN) == "سررسید<1405/09/09"
    assert write(tree, ENGLISH) == "due<2026-11-30"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("today", date(2026, 11, 25)),
        ("-3w", date(2026, 11, 4)),
        ("+3m", date(2027, 2, 25)),
        ("-1y", date(2025, 11, 25)),
        ("2026-12-01", date(2026, 12, 1)),
    ],
)
def test_relative_days_count_from_today(value, day):
    assert day_meant(value, TODAY) == day


def test_a_month_that_is_shorter_ends_on_its_last_day():
    assert day_meant("+1m", date(2026, 1, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("text", "word", "suggestion"),
    [
        ("state:new holdr:me", "holdr", "holder"),
        ("χειρστής:εγώ", "χειρστής", "χειριστής"),
        ("state:waitng", "waitng", "waiting"),
        ("due<tomorow", "tomorow", "tomorrow"),
        ("label<3", "3", ""),
        ("(state:new", "(", ""),
        ("state:new)", ")", ""),
        ('text:"κλα', '"κλα', ""),
        ("age>x", "x", ""),
        ("reference:12", "12", ""),
    ],
)
def test_a_mistake_points_at_the_word_and_suggests_another(text, word, suggestion):
    with pytest.raises(BadQuery) as refusal:
        parse(text, ENGLISH)
    assert text[refusal.value.begin : refusal.value.end] == word
    assert refusal.value.suggestion == suggestion


def test_mistakes_are_said_in_the_language_of_the_reader():
    for locale, speaker in (("en", ENGLISH), ("el", GREEK), ("fa", PERSIAN)):
        with speaking(locale), pytest.raises(BadQuery) as refusal:
            parse("due<blah", speaker)
        assert ("Write today" in refusal.value.said) is (locale == "en")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2001,
        "(" * 1000,
        "-" * 999 + "a",
        "NOT " * 400 + "a",
        " OR ".join(["a"] * (MOST_LEAVES + 1)),
        "((((((((((a",
    ],
)
def test_too_long_too_deep_and_too_much_are_refused(text):
    with pytest.raises(BadQuery):
        parse(text, ENGLISH)


def test_a_tree_nested_a_thousand_times_is_refused():
    deep: object = {"field": "text", "value": "a"}
    for _time in range(900):
        deep = {"not": deep}
    with pytest.raises(BadQuery):
        read(deep, ENGLISH)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", "holder:"),
        ("ho", "holder:"),
        ("χειρ", "holder:"),
        ("holder:", "me"),
        ("state:wa", "waiting"),
        ("label:a due<to", "today"),
        ("state:new,ac", "active"),
        ("(prior", "priority:"),
        ("-la", "label:"),
    ],
)
def test_conditions_and_values_are_completed(typed, offered):
    found, _wanted = complete(typed, ENGLISH)
    assert offered in [each.text for each in found]
    # What is offered fits in the place of what was typed.
    whole = next(typed[: each.begin] + each.text for each in found if each.text == offered)
    assert whole.endswith(offered)


def test_names_that_only_the_database_knows_are_asked_for():
    _found, wanted = complete("state:new holder:ele", ENGLISH)
    assert wanted is not None
    assert (wanted.field.code, wanted.typed, wanted.begin) == ("holder", "ele", 17)
    assert complete('text:"holder:ele', ENGLISH) == ([], None)


def test_every_word_of_a_language_means_one_condition():
    from collab.core.text.fold import fold

    seen: dict[str, str] = {}
    for word in fields.every_word():
        found = fields.called(word)
        assert found is not None
        assert seen.setdefault(fold(word), found.code) == found.code
    for code in fields.FIELDS:
        for locale in ("en", "el", "fa"):
            assert fields.called(fields.word_of(code, locale)).code == code  # type: ignore[union-attr]


def test_an_empty_query_asks_for_everything():
    assert parse("  ", ENGLISH) == ALL == Every()
    assert write(ALL, ENGLISH) == ""
