"""The stored form of a mention: read, written, never forged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.i18n import speaking
from collab.core.text.clean import clean_line
from collab.messaging.mentions import (
    MENTION,
    called,
    excerpt,
    in_short,
    passed_on,
    plain,
    rewritten,
    titled,
    typed,
    written,
)

IDS = st.integers(min_value=1, max_value=10**15)
LETTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
NAMES = st.text(LETTERS, min_size=1, max_size=250).map(lambda name: clean_line(name, least=0, most=2_000)).filter(bool)
PROSE = st.text(alphabet=st.sampled_from("ab @[]()`*_~#>|\\\n-1party:αγ ‌س"), max_size=120)


@given(NAMES, IDS)
def test_whatever_somebody_is_called_they_can_be_called(name, party_id):
    assert called(f"Ask {written(name, party_id)} today") == {party_id: plain(name)}


@given(PROSE)
def test_any_text_can_be_read(text):
    for party_id, name in called(text).items():
        assert party_id > 0
        assert name


@given(PROSE, st.dictionaries(IDS, NAMES, max_size=3))
def test_rewriting_twice_changes_nothing(text, names):
    for party_id in names:
        text += f" @[x](party:{party_id})"
    once = rewritten(text, names)
    assert rewritten(once, names) == once


@given(PROSE, IDS, NAMES)
def test_after_rewriting_nobody_known_is_called_by_another_name(text, party_id, name):
    """Where the parser sees a name that rewriting could not reach, sending refuses; plain text leaves no such place."""
    kept = rewritten(f"{text}\n\n@[somebody else](party:{party_id})", {party_id: name})
    if party_id in called(kept):
        assert {match[1] for match in MENTION.finditer(kept) if int(match[2]) == party_id} == {plain(name)}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@[Ann](party:1)", [1]),
        ("**@[Ann](party:1)**, @[Ann](party:1) and @[Bob](party:2)!", [1, 2]),
        ("> @[Ann](party:1)\n\n- @[Bob](party:2)", [1, 2]),
        ("| a | b |\n|---|---|\n| @[Ann](party:1) | x |", [1]),
        ("`@[Ann](party:1)`", []),
        ("```\n@[Ann](party:1)\n```", []),
        ("    @[Ann](party:1)", []),
        ("\\@[Ann](party:1)", []),
        ("me@[Ann](party:1)", []),
        ("@[Ann] (party:1)", []),
        ("@[](party:1)", []),
        ("@[Ann](party:0)", []),
        ("@[Ann](party:-1)", []),
        ("@[Ann](party:99999999999999999999)", []),
        ("@[An\nn](party:1)", []),
        ("@[a](party:1)(party:2)", [1]),
    ],
)
def test_what_calls_and_what_does_not(text, who):
    assert sorted(called(text)) == who


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Tasos please look, and **@Xenia**. (@Μάνος too)", ["@Tasos", "@Xenia", "@Μάνος"]),
        ("@رضا ببین", ["@رضا"]),
        ("@[Ann](party:1) and @Tasos and @Tasos", ["@Tasos"]),
        ("@[Ann](party:1), call me", []),
        ("ask legal@ermou.example or <legal@ermou.example> or [us](mailto:us@ermou.example)", []),
        ("`@Tasos` and ``a @Tasos``", []),
        ("```\n@Tasos\n```", []),
        ("> @Tasos said so\n\nyes", []),
        ('he wrote “ask @Tasos” and «@Tasos» and "@Tasos"', []),
        ("[see @Tasos](https://x.example/@Tasos) https://x.example/@Tasos", []),
        ("at 5 @ 3 @5 @", []),
        ("@مُحَمَّد ببین, @Νίκος", ["@مُحَمَّد", "@Νίκος"]),
        ("\\@Tasos and &#64;Tasos", []),
        ("hello,@Tasos", ["@Tasos"]),
        ("سلام،@رضا", ["@رضا"]),
        ("—@Tasos [@Xenia]", ["@Tasos", "@Xenia"]),
        ("\u200f@رضا", ["@رضا"]),
        ("a@b _@c @@d ./@e -@f", []),
        (" ".join(f"@Tasos{letter}" for letter in "abcdefgh"), [f"@Tasos{letter}" for letter in "abcde"]),
    ],
)
def test_a_name_typed_behind_the_sign_calls_nobody_and_is_found(text, names):
    assert typed(text) == names
    assert set(called(text)) <= {1}


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("@[Ann](party:1) oak or plane trees?", "\u200e"),
        ("@[Ann](party:1) پنج درخت", ""),
        ("@[Ann](party:1)", ""),
        ("oak, @[Ann](party:1)?", ""),
    ],
)
def test_a_name_called_first_does_not_turn_the_words_after_it(text, mark):
    """Said in a Persian reader's name for Ann: the line stays in the direction of what was said."""
    with speaking("fa"):
        line = in_short(text, {"1": {"fa": "آن", "en": "Ann"}})
    assert line.startswith(mark + ("@آن" if text.startswith("@") else "oak"))


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("&nbsp;سلام دوستان", ""),
        ("@[Ann](party:1) &nbsp;سلام", ""),
        ("[سلام](https://example.org/a)", ""),
        ("@[Ann](party:1) [oaks](https://example.org/a)", "\u200e"),
    ],
)
def test_a_line_stands_in_the_direction_of_what_is_shown_and_not_of_how_it_is_written(text, mark):
    with speaking("fa"):
        line = in_short(text, {"1": {"fa": "آن", "en": "Ann"}})
    assert line == mark + line.lstrip("\u200e\u200f")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (
            "read plan_2026_final.pdf at https://example.org/a_b_c?d=1&e=*",
            "read plan_2026_final.pdf at https://example.org/a_b_c?d=1&e=*",
        ),
        ("`a_b` and `*.py` of __all__", "a_b and *.py of all"),
        ("2 * 3 and *three* ~2h, ~~four~~ #12, C#", "2 * 3 and three ~2h, four #12, C#"),
        ("# Tonight\n#storm", "Tonight #storm"),
        (r"snake\_case and [the plan](https://example.org/x_(y)_z)", "snake_case and the plan"),
        ("```\nmake_it\n```", "make_it"),
        ("@[Ann_B_C](party:1) see _this_", "@Ann_B_C see this"),
        ("**half", "**half"),
    ],
)
def test_the_beginning_of_a_message_keeps_every_sign_that_is_shown(text, seen):
    assert excerpt(text) == seen


def test_a_link_that_somebody_wrote_keeps_its_words():
    lead = "(/messages/5/place)"
    assert passed_on(f"See\n\n[Read the plan first]{lead}") == (f"See\n\n[Read the plan first]{lead}", None)
    for words in ("Forwarded message", "Προωθημένο μήνυμα", "پیام بازفرستاده"):
        assert passed_on(f"See\n\n[{words}]{lead}") == ("See", 5)


def test_a_message_that_is_passed_on_stands_in_the_direction_of_its_reader():
    with speaking("fa"):
        assert in_short("[Forwarded message](/messages/5/place)", None) == "پیام بازفرستاده"


def test_a_list_and_a_table_stand_in_a_line_without_their_marks():
    table = "| Street | Bags |\n|---|:--|\n| Ermou | 40 |"
    text = f"**Tonight**:\n\n- sixty mm\n- wind - strong\n\n{table}\n\n---\nBring 3 | 4"
    assert excerpt(text) == "Tonight: • sixty mm • wind - strong Street · Bags; Ermou · 40; Bring 3 | 4"
    assert excerpt("| |\n--- \nx") == "x"
    assert (
        excerpt("> > Two\n>- three\n\nDistance > 5 m, <b>html</b> -> it")
        == "Two • three Distance > 5 m, <b>html</b> -> it"
    )
    assert titled("Distance > 5 m, x<y", None, 120) == "Distance > 5 m, x<y"
    assert len(excerpt("|" * 20_000)) <= 140


FAR = f"https://example.org/{'a' * 600}"
BOLD = f"**{'Attention, all of you. ' * 27}Now.**"


@pytest.mark.parametrize("most", [120, 140, 300])
def test_what_takes_room_and_is_not_shown_leaves_no_signs_where_a_text_is_cut(most):
    link = f"See [the plan]({FAR}) before noon"
    assert excerpt(link, most) == titled(link, None, most) == "See the plan before noon"
    for stressed in (BOLD, BOLD * 9, f"**{'Attention, ' * 900}now**", f"~~{BOLD}~~"):
        said = excerpt(stressed, most)
        assert (said[:10], said[-1], titled(stressed, None, most)) == ("Attention,", "…", said)
    assert excerpt(f"[one]({FAR}_(a)_b) and [two]({FAR} 'Two'), " * 30, 40) == "one and two, one and two, one and two,…"
    assert excerpt("```\n" + "kept [a] log\n" * 900 + "```", 20) == "kept [a] log kept […"
    assert excerpt("5*3 a_b [c] d, " + "words " * 900, 13) == "5*3 a_b [c]…", "signs that say what they are"


WORDS = st.text(st.sampled_from("ab αسλم.,1"), min_size=1, max_size=200).map(str.strip).filter(bool)
STRETCHES = st.recursive(
    st.one_of(
        WORDS,
        st.builds("@[{}](party:{})".format, WORDS, st.integers(1, 99)),
        st.builds("[{}](https://example.org/{})".format, WORDS, st.text("ab/_-%", max_size=700)),
    ),
    lambda inner: st.one_of(st.builds("**{}**".format, inner), st.lists(inner, min_size=1, max_size=6).map(" ".join)),
    max_leaves=30,
)


@given(STRETCHES, st.integers(1, 40), st.integers(20, 300))
def test_nothing_that_was_closed_is_shown_open(stretch, times, most):
    text = " ".join([stretch] * times)
    signs = ("](", "**", "@[")
    if any(sign in excerpt(stretch, 10**6) for sign in signs):
        return  # as the page shows it
    for said in (excerpt(text, most), titled(text, None, most), in_short(text, None, most)):
        assert not any(sign in said for sign in signs)


def test_a_sign_that_nothing_closes_takes_no_words_with_it():
    long = " and so on" * 500
    assert excerpt("[draft of a long letter" + long).startswith("draft of a long letter and so on and")
    assert excerpt("Dear all, [see what follows" + long).startswith("Dear all, see what follows and so on")
    assert excerpt("@[Nikos without an end" + long).startswith("@Nikos without an end and so on")
