"""A file of text is read on its page; what is no text, or cannot be read as such, is not guessed at."""

import pytest

from tests.files.sending import item_of, sent


@pytest.fixture
def page_of(api_of, client_of, cast):
    eleni = api_of("Eleni")
    ref = item_of(eleni, cast.PARKS)

    def of(content: bytes, name: str) -> str:
        file = sent(eleni, f"/api/v1/work-items/{ref}/files", content, name).json["items"][0]
        return client_of("Eleni").get(f"/files/{file['id']}/versions").text

    return of


def test_its_words_are_shown_as_words(page_of):
    page = page_of("Πλάτανος <b>14 m</b>\nنارون".encode(), "trees.txt")
    assert "Πλάτανος &lt;b&gt;14 m&lt;/b&gt;\nنارون</pre>" in page
    assert "read the rest" not in page
    assert ">Download</a>" in page


def test_a_long_one_begins_on_the_page_and_is_never_cut_inside_a_letter(page_of):
    page = page_of(b"a" + "δ".encode() * 30_000, "long.txt")
    begun = page.split('class="file-words"')[1].split(">", 1)[1].split("</pre>")[0]
    assert begun == "a" + "δ" * 9_999
    assert "This is how it begins. Download it to read the rest." in page


def test_what_cannot_be_read_as_text_is_only_given(page_of):
    page = page_of("Πλάτανος, δέντρα του δρόμου".encode("cp1253"), "old.txt")
    assert "file-words" not in page
    assert "Download it to open it." in page
