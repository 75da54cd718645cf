"""A bad file is refused with its line and a sentence; whatever is thrown at a reader, it says nothing else."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collab.decisions.formats import FORMATS, BadFile, Votes, read, reading

NEW = (
    "# DATA TYPE: {}\n# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: {}\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n"
)
PB = "META\nkey;value\nbudget;100\nnum_projects;2\nnum_votes;1\n"
PB += "PROJECTS\nproject_id;cost\n7;40\n9;70\nVOTES\nvoter_id;vote\n"
SHEET = " Option 1--->: A\n / Option 2-->: B\n"


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("a.blt", "2 1\n1 1 2 0\n1 2 1", 3, "does not end with 0"),
        ("a.blt", "2 1\n1 1 2 0\n1 2 1 0\n", 3, "single 0"),
        ("a.blt", "2 1\n1 1 2 0\n0\nAnn\n", 4, "only 1 names"),
        ("a.blt", "3 1\n1 1 2 0\n0\nAnn\nBea\n", 5, "announces 3 options"),
        ("a.blt", "2 1\n1 1 2 0\n0\nAnn\nBea\nCay\nTitle\n", 7, "more than 2 names"),
        ("a.blt", "2 1\n1 1 3 0\n0\nAnn\nBea\n", 2, "announces 2 options"),
        ("a.blt", "2 1\n1 1 2 1 0\n0\nAnn\nBea\n", 2, "ranked twice"),
        ("a.blt", "2 1\n1 1 2=1 0\n0\nAnn\nBea\n", 2, "ranked twice"),
        ("a.blt", "2 1\nx 1 2 0\n0\nAnn\nBea\n", 2, "whole number"),
        ("a.blt", "2 1\n1 1 0 2 0\n0\nAnn\nBea\n", 2, "follows the 0"),
        ("a.blt", "2 1\n1 1 2 0\n0\nAnn\n ann \n", 5, "two options"),
        ("a.blt", "2\n1 1 2 0\n", 1, "two numbers"),
        ("a.blt", "0 1\n0\n", 1, "between 1"),
        ("a.soc", NEW.format("soc", 2) + "2: 1\n", 6, "ranks all 2"),
        ("a.soi", NEW.format("soi", 2) + "2: {1,2}\n", 6, "no equal ranks"),
        ("a.toi", NEW.format("toi", 2) + "2: {1,2\n", 6, "not closed"),
        ("a.soi", NEW.format("soi", 3) + "2: 1,2\n", 3, "may be cut"),
        ("a.soi", NEW.format("soi", 2) + "2: 1,1\n", 6, "ranked twice"),
        ("a.soi", NEW.format("soi", 2) + "2: 1,3\n", 6, "no option"),
        ("a.soi", NEW.format("soi", 2) + "2\n", 6, "cut"),
        ("a.soi", NEW.format("soi", 2).replace(": B", ": A") + "2: 1\n", 5, "two options"),
        ("a.soi", NEW.format("soi", 2).replace("TIVES: 2", "TIVES: 3") + "2: 1\n", 2, "3 options"),
        ("a.soi", NEW.format("cat", 2) + "2: 1\n", 1, "no rankings"),
        ("a.soi", "3\n1,A\n2,B\n", 3, "option 3"),
        ("a.pb", PB + "1;7,8\n", 12, "not among the projects"),
        ("a.pb", PB + "1;7,7\n", 12, "twice"),
        ("a.pb", PB, 5, "1 votes are announced"),
        ("a.pb", PB.replace("9;70", "9") + "1;7\n", 9, "cells instead of"),
        ("a.pb", PB.replace("9;70", "7;70") + "1;7\n", 9, "two options"),
        ("a.pb", PB.replace("70", "cheap") + "1;7\n", 9, "the cost should be"),
        ("a.pb", PB.split("VOTES")[0], 9, "VOTES is missing"),
        ("a.txt", SHEET + "V: 12 aaaa\nV: 1 aaaa\n", 4, "2 options"),
        ("a.txt", SHEET + "V: 12 aaaa\nV: 21 aa\n", 4, "cut"),
        ("a.txt", SHEET + "V: 1? aaaa\n", 3, "neither a rank"),
        ("a.csv", "A,B\n1,2\n1\n", 3, "1 cells instead of 2"),
        ("a.csv", "A,B\n1,2\n1,2,3\n", 3, "only 2 columns"),
        ("a.csv", "A,A\n1,2\n", 1, "two options"),
        ("a.csv", "A,B\n1,No opi\n", 2, "whole number"),
        ("a.csv", "A,B\n0,1\n", 2, "between 1"),
        ("a.csv", 'A,B\n1,"2\n', 2, "not closed"),
        ("a.csv", "A,B\n", 1, "no ballot"),
        ("a.csv", "A,\n1,2\n", 1, "no name"),
        ("a.csv", "1,2,3\n3,2,1\n", 1, "should name the options"),
        ("a.csv", "1;2\n2;1\n1;2\n", 1, "should name the options"),
        ("a.pb", PB.replace("budget;", "vote_type;choose-1\nbudget;") + "1;7,9\n", 13, "names one project"),
        ("a.json", '{"votes": {"ann": 1, "bea": 2}}', 1, "1, -1 or 0"),
        ("a.json", '{"votes": {"ann": 1,', 1, "cut"),
        ("a.json", '{"votes": {"ann": 1, "ann": -1}}', 0, "twice"),
        ("a.json", '{"votes": []}', 1, "no votes"),
        ("c.csv", "class,Agenda Item,Ann\npass,Salt,maybe\n", 2, "TRUE, FALSE or Absent"),
        ("a.csv", "", 0, "empty"),
        ("a.csv", "A,B\n1,\x002\n", 2, "U+0000"),
    ],
)  # fmt: skip
def test_a_bad_file_says_which_line_and_why(name: str, text: str, line: int, words: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(text.encode(), name)
    assert (refused.value.line, words in refused.value.reason) == (line, True), refused.value


def test_a_score_out_of_its_scale_and_a_gap_where_none_may_be() -> None:
    with pytest.raises(BadFile, match="line 3: the score 6 of 'B' is out of the scale"):
        read(b"A,B\n5,0\n1,6\n", "v.csv", scored=True, scale=(0, 5))  # type: ignore[arg-type]
    with pytest.raises(BadFile, match="line 2: a rank is left out before 3"):
        read(b"A,B\n1,3\n", "v.csv", gaps=False)
    assert isinstance(read(b"A,B,C\n1,1,3\n1,1,2\n", "v.csv", gaps=False), Votes)


def test_a_workbook_is_bounded_and_its_damage_is_said() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * 50_000_000)
    with pytest.raises(BadFile, match="unpacks"):
        read(bomb.getvalue(), "v.xlsx")
    with pytest.raises(BadFile, match="cut or damaged"):
        read(bomb.getvalue()[:3000], "v.xlsx")


def test_a_line_without_end_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_LINE", 1024 * 1024)
    for name in ("a.blt", "a.csv", "a.pb", "a.soc", "a"):
        with pytest.raises(BadFile, match="line 2: the line is longer than 1 MB"):
            read(b"2 1\n" + b"1 " * 600_000, name)
    assert isinstance(read(b"A,B\n" + b"1,2\n" * 300_000, "a.csv"), Votes), "many lines are no long one"


SPOILS = [b"0", b"-", b"{", b"\n", b";", b'"', b"99"]
GOOD = [
    ("a.blt", '2 1\n3 1 2 0\n0\n"A"\n"B"\n"T"'),
    ("a.toc", NEW.format("toc", 2) + "2: {1,2}\n"),
    ("a.pb", PB + "1;7,9\n"),
    ("a.txt", SHEET + "V: 12 aaaa\nV: 21 aaaa\n"),
    ("a.csv", "A,B\n1,2\n2,1\n"),
    ("a.json", '{"votes": {"ann": {"x": 1, "y": 2}}}'),
    ("c.csv", "class,Agenda Item,Ann\npass,Salt,TRUE\n"),
    ("c.csv", "1st choice,2nd choice\nAnn,Bea\n"),
]


@settings(max_examples=150)
@given(data=st.data())
def test_nothing_but_a_sentence_comes_of_a_spoilt_file(data: st.DataObject) -> None:
    name, text = data.draw(st.sampled_from(GOOD))
    spoilt = bytearray(text.encode())
    for _time in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoilt)))
        cut = data.draw(st.integers(0, 12))
        spoilt[at : at + cut] = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from(SPOILS)))
    form = data.draw(st.sampled_from([None, *FORMATS]))
    with contextlib.suppress(BadFile):
        read(bytes(spoilt), name, form=form, scored=data.draw(st.booleans()))
