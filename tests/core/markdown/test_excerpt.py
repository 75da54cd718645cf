import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.markdown import Mentioned, excerpt, mentioned


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("# Title\n\nSome *text* and [a link](https://e.gr).", "Title Some text and a link."),
        ("- one\n- two\n\n> three", "one two three"),
        ("|a|b|\n|-|-|\n|1|2|", "a b 1 2"),
        ("```\ncode\n```\nafter", "code after"),
        ("line\nbreak `x`", "line break x"),
        ("<b>bold</b> &amp; more", "<b>bold</b> & more"),
        ("", ""),
        ("   \n", ""),
    ],
)
def test_an_excerpt_is_what_is_read(text, plain):
    assert excerpt(text) == plain


def test_a_long_text_is_cut_after_a_word():
    assert excerpt("The quick brown fox jumps", 15) == "The quick…"
    assert excerpt("Ταχύτατη αλεπού", 10) == "Ταχύτατη…"
    assert excerpt("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(max_size=200) | st.text("ab *_[]()`\n#->|", max_size=200), st.integers(1, 60))
def test_an_excerpt_is_one_short_line(text, length):
    plain = excerpt(text, length)
    assert len(plain) <= length
    assert len(plain.splitlines()) <= 1


def test_who_and_what_is_mentioned_is_told_once_and_in_order():
    text = "@maria and @j.doe. PARKS-214 with @maria, TAX-1; a@b.gr `PARKS-9`"
    assert mentioned(text) == Mentioned(("maria", "j.doe"), ("PARKS-214", "TAX-1", "PARKS-9"))
