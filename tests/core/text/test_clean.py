import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.text import clean
from collab.core.text.clean import clean_line, clean_text

ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


@pytest.mark.parametrize("take", [clean_line, clean_text])
@pytest.mark.parametrize(
    ("value", "error", "code"),
    [
        (None, clean.NotText, "not-text"),
        (7, clean.NotText, "not-text"),
        (["a"], clean.NotText, "not-text"),
        (b"a", clean.NotText, "not-text"),
        ("a\x00b", clean.HasNul, "nul"),
        ("a\ud800b", clean.HasSurrogate, "surrogate"),
        ("\udfff", clean.HasSurrogate, "surrogate"),
        ("x" * 11, clean.TooLong, "too-long"),
        ("x" * 10_000_000, clean.TooLong, "too-long"),
        ("ab", clean.TooShort, "too-short"),
        ("   ", clean.Blank, "blank"),
        ("\u200c\u200b\ufeff", clean.Blank, "blank"),
        ("\u3164\u2800", clean.Blank, "blank"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_code(take, value, error, code):
    with pytest.raises(error) as refusal:
        take(value, least=3, most=10)
    assert refusal.value.code == code
    assert isinstance(refusal.value, ValueError)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Odos   Aristotelous ", "Odos Aristotelous"),
        ("Αδειοδότηση\r\nκαταστημάτων", "Αδειοδότηση καταστημάτων"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2067Maria\u2069", "Maria"),
        ("می\u200cروم", "می\u200cروم"),
        ("\u200fعلی\u200f", "علی"),
        ("Άννα", "Άννα"),
        ("a\x07b\x85c\u2028d", "ab c d"),
        ("tab\there", "tab here"),
        ("10\u00a0%", "10 %"),
        ("\ufeffcode", "code"),
        ("n\ufffeo", "no"),
        ("a" + "\u0301" * 50, "á" + "\u0301" * 8),
        ("👩\u200d🚒", "👩\u200d🚒"),
    ],
)
def test_a_line_is_tidied(typed, kept):
    assert clean_line(typed) == unicodedata.normalize("NFC", kept)


def test_lines_keep_their_shape():
    assert clean_text("\n\n  code\n\tmore  \nend\r\n\r\n") == "  code\n\tmore  \nend"
    assert clean_text("one\rtwo\u2029three\x0bfour") == "one\ntwo\nthree\nfour"


def test_lines_keep_isolates_and_lose_overrides():
    assert clean_text("see \u2067سند\u2069 \u202etxt") == "see \u2067سند\u2069 txt"


def test_an_empty_text_is_allowed_where_nothing_is_asked():
    assert clean_line(" \u200b ", least=0) == ""
    assert clean_text("") == ""


@given(ANY)
def test_cleaning_twice_changes_nothing(text):
    once = clean_line(text, least=0, most=500)
    assert clean_line(once, least=0, most=500) == once
    lines = clean_text(text, most=500)
    assert clean_text(lines, most=500) == lines


@given(ANY)
def test_a_clean_line_is_one_line_in_nfc_that_utf8_and_a_database_can_hold(text):
    line = clean_line(text, least=0, most=500)
    assert unicodedata.is_normalized("NFC", line)
    assert len(line.splitlines()) <= 1
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in line)
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert line.encode().decode() == line


@given(ANY)
def test_clean_lines_hold_no_control_but_tab_and_line_end(text):
    controls = {char for char in clean_text(text, most=500) if unicodedata.category(char) == "Cc"}
    assert controls <= {"\t", "\n"}
