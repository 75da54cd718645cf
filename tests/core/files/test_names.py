import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.files.names import MOST_BYTES, MOST_CHARACTERS, clean_name, ending


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\maria\\Απόφαση.docx", "Απόφαση.docx"),
        ("/", "file"),
        ("", "file"),
        ("..", "file"),
        ("...", "file"),
        (".htaccess", "htaccess"),
        ("a\x00b.txt", "ab.txt"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie_ x.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("photo\u200b.jpg", "photo.jpg"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("console.log", "console.log"),
        ("name. . ", "name"),
        ("می‌روم.txt", "می‌روم.txt"),
        ("\u200c", "file"),
        ("\ud800x", "x"),
        ("Άννα.txt", "Άννα.txt"),
        ("ｒｅｐｏｒｔ．ｅｘｅ", "report.exe"),
        ("．．／ｅｔｃ／passwd", "passwd"),
        ("ＮＵＬ．txt", "_NUL.txt"),
        ("ｶﾞ.txt", "ガ.txt"),
        ("m².txt", "m².txt"),
    ],
)
def test_a_name_is_made_safe(sent, kept):
    assert clean_name(sent) == kept


@pytest.mark.parametrize("letter", ["a", "α", "م", "👩"])
def test_a_long_name_is_cut_and_keeps_its_ending(letter):
    name = clean_name(letter * 500 + ".docx")
    assert name.endswith(letter + ".docx")
    assert len(name) <= MOST_CHARACTERS
    assert len(name.encode()) <= MOST_BYTES


@given(st.text(st.characters(), max_size=300))
def test_every_name_becomes_one_safe_component(sent):
    name = clean_name(sent)
    assert name not in {"", ".", ".."}
    assert not set(name) & set('/\\\x00<>:"|?*\n\r\u202e')
    assert len(name.encode()) <= MOST_BYTES
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("name", "right"),
    [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), ("a.", ""), ("a.b c", ""), ("invoice.pdf.exe", "exe")],
)
def test_the_ending_is_what_follows_the_last_dot(name, right):
    assert ending(name) == right
