import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.text.fold import HALF_SPACE, fold, fold_keeping_half_spaces

TRICKY = "aAoONnΣςσΩωάΆΰ΄µμ∆Δİıß\u0345\u0301\u00ad\u200c\u200d\u0640ئؤأآيیكکةۀهٔ١۲ ﷲﻻ\u3164’ﬁＡ"
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(TRICKY, max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Δήμος", "ΔΗΜΟΣ"),
        ("οδός", "ΟΔΟΣ"),
        ("Μαΐου", "ΜΑΪΟΥ"),
        ("Ἀθῆναι", "Αθηναι"),
        ("Αναµόρφωση", "Αναμόρφωση"),
        ("∆ηµοτικού", "δημοτικού"),
        ("NOMOΣ", "νόμος"),
        ("AΠOΦAΣH", "απόφαση"),
        ("Οffice", "office"),
        ("διοί\u00adκηση", "διοίκηση"),
        ("Ωμέγα", "Ωμέγα"),
        ("ﬁnance", "finance"),
        ("Ｐａｒｋｓ", "parks"),
        ("café", "CAFE"),
        ("Straße", "strasse"),
        ("α΄ τμήμα", "Α' Τμήμα"),
        ("كتاب", "کتاب"),
        ("شهرداري", "شهرداری"),
        ("علي", "علی"),
        ("مسئول", "مسؤول"),
        ("أحمد", "احمد"),
        ("آب", "اب"),
        ("خانۀ", "خانه"),
        ("خانهٔ", "خانه"),
        ("فاطمة", "فاطمه"),
        ("مُحَمَّد", "محمد"),
        ("محمـــد", "محمد"),
        ("کتاب‌ها", "کتابها"),
        ("می‌رود", "میرود"),
        ("۱۴۰۵/۰۲/۰۱", "1405/02/01"),
        ("١٤٠٥", "1405"),
        ("شیء", "شی"),
        ("ﻻله", "لاله"),
        ("سلام؟", "سلام?"),
        ("a\u00a0b\tc\x00d", "a b c d"),
    ],
)
def test_spellings_that_a_reader_takes_for_the_same_are_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("νόμος", "νόμοι"), ("μέρα", "μοίρα"), ("علی", "عالی"), ("parks", "park"), ("ΔΕΗ", "DEH2")]
)
def test_different_words_stay_different(one, other):
    assert fold(one) != fold(other)


def test_a_word_that_is_really_mixed_stays_as_it_is():
    assert fold("Δlg") == "δlg"


def test_half_spaces_are_kept_inside_words_only_when_asked():
    assert fold_keeping_half_spaces("\u200cکتاب\u200c\u200cها\u200c می\u200cروم\u200c") == "کتاب\u200cها می\u200cروم"
    assert HALF_SPACE not in fold("کتاب\u200cها")


@given(ANY)
def test_folding_twice_is_folding_once(text):
    once = fold(text)
    assert fold(once) == once
    kept = fold_keeping_half_spaces(text)
    assert fold_keeping_half_spaces(kept) == kept


@given(ANY)
def test_normal_form_and_outer_space_do_not_matter(text):
    folded = fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(f"  {text}\n") == folded


@given(st.text("αβγδεζηθικλμνξοπρστυφχψως άέήίόύώϊϋΐΰ", max_size=30))
def test_capitals_without_accents_find_small_letters_with_them(text):
    capitals = "".join(char for char in unicodedata.normalize("NFD", text.upper()) if not unicodedata.combining(char))
    assert fold(capitals) == fold(text)
