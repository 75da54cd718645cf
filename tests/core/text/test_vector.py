import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.text.vector import MOST_ASKED, MOST_BYTES, MOST_LEXEMES, query, quoted, vector

LEXEME = r"'(?:[^'\\]|''|\\\\)+'"
VECTOR = re.compile(rf"(?:{LEXEME}(?::\d+[A-D](?:,\d+[A-D])*)?(?: |$))*")
CLAUSE = rf"{LEXEME}(?::\*)?"
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def test_a_document_is_its_stems_with_places_and_weights():
    assert vector([("A", "Κλάδεμα δέντρων"), ("D", "Dentra")]) == (
        "'κλαδεμ':1A '~kladem' 'δεντρ':2A '~dedr' 'dentra':3D"
    )


def test_a_word_met_again_is_listed_once_with_all_its_places():
    assert vector([("A", "tree"), ("B", "trees tree")]) == "'tree':1A,2B,3B"


def test_all_words_of_a_query_are_asked_for():
    assert query("Δέντρα parks") == "('δεντρ' | '~dedr') & ('park' | '~parks')"


def test_an_unfinished_word_is_asked_by_its_beginning():
    assert query("κλαδ", typing=True) == "('κλαδ' | 'κλαδ':* | '~klad')"
    assert ":*" not in query("κλαδ ", typing=True)
    assert ":*" not in query("κ", typing=True)


def test_small_words_are_left_out_unless_nothing_else_is_asked():
    assert query("the park") == query("park")
    assert query("και") != ""
    assert ":*" in query("park το", typing=True)


def test_a_persian_compound_is_found_joined_or_apart():
    assert query("دانش‌آموز") == "('دانشاموز' | ('دانش' & 'اموز') | '~دانشاموز')"


@pytest.mark.parametrize("text", ["", "   ", "' & ! | :* ()", "\\", "می", "\x00"])
def test_nothing_to_ask_is_an_empty_query(text):
    assert query(text) == ""


@given(ANY, ANY)
def test_a_document_is_always_well_formed(one, other):
    assert VECTOR.fullmatch(vector([("A", one), ("C", other)]))


@given(ANY, st.booleans())
def test_a_query_is_always_well_formed(text, typing):
    asked = query(text, typing=typing)
    for clause in asked.split(" & ") if asked else []:
        assert re.fullmatch(rf"\(*{CLAUSE}\)*(?: \| \(?{CLAUSE}\)*)*", clause), clause


@given(st.text(max_size=20))
def test_quotes_and_backslashes_cannot_end_a_lexeme(text):
    inner = quoted(text)[1:-1]
    assert "'" not in inner.replace("''", "")
    assert inner.replace("''", "'").replace("\\\\", "\\") == text


def test_a_document_without_end_is_bounded():
    book = " ".join(f"{number:x}word" for number in range(60_000))
    made = vector([("D", book)])
    assert made.count("':") <= MOST_LEXEMES
    assert len(made.encode()) < MOST_BYTES + 200_000
    assert len(vector([("D", "word " * 100_000)])) < 500


def test_a_query_without_end_is_bounded():
    assert query("δέντρο " * 10_000).count("&") == 0
    assert query(" ".join(f"w{number}" for number in range(10_000))).count(" & ") == MOST_ASKED - 1
