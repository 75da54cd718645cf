"""Letters of a pending item: from a template of the unit, filled in, made into a PDF, written down as sent."""

import re
from datetime import timedelta

import pypdfium2
import pytest

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.core.errors import NotFound
from collab.core.print import Unprintable, parts, sheet_data, typeset
from collab.files.models import Paper
from collab.files.papers import drop_own, make_paper
from collab.files.queries import find_paper
from collab.files.receiving import store

TEMPLATE = {
    "name": "Delay",
    "subject_en": "Your request {protocol}",
    "body_en": "To {counterpart}\n\nWe answer by {deadline} ({legal basis}).",
    "subject_el": "Το αίτημά σας {πρωτόκολλο}",
    "body_el": "Προς {Συναλλασσόμενος}: έως {προθεσμία}, {reference}.",
    "subject_fa": "درخواست شما {شماره ثبت}",
    "body_fa": "مهلت: {مهلت}",
}
CASE = {
    "title": "Felling of a pine", "protocol_number": "2026/11873", "protocol_on": "2026-11-03", "allowed": 50,
    "counterpart_name": "Harbour Fund", "counterpart_address": "Akti 1, Katerini",
}  # fmt: skip


@pytest.fixture
def item(api_of, cast):
    made = api_of("Eleni").post("/api/v1/pending-items", json={**CASE, "unit": cast.PARKS, "holder": cast.Eleni})
    assert made.status_code == 201, made.text
    return made.json["reference"]


@pytest.fixture
def delay(api_of, cast):
    made = api_of("Nikos").post("/api/v1/letter-templates", json={**TEMPLATE, "unit": cast.PARKS})
    assert made.status_code == 201, made.text
    return made.json["id"]


@pytest.fixture
def letter(api_of, item, delay):
    made = api_of("Eleni").post(f"/api/v1/work-items/{item}/letters", json={"template": delay, "language": "en"})
    assert made.status_code == 201, made.text
    return made.json


@pytest.fixture
def made(app):
    """Make every paper that is wanted, as the job does."""

    def make():
        with app.app_context():
            ids = db.session.scalars(db.select(Paper.id).where(Paper.done_at.is_(None))).all()
            db.session.remove()
            for id_ in ids:
                make_paper(id_)
            return ids

    return make


def text_of(app, sha256):
    with app.app_context():
        document = pypdfium2.PdfDocument(store().path(sha256))
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_placeholders_are_filled_in_from_the_item(letter, item):
    assert letter["subject"] == "Your request 2026/11873"
    assert letter["body"].startswith("To Harbour Fund\n\nWe answer by ")
    assert letter["to"] == "Harbour Fund\nAkti 1, Katerini"
    assert letter["signer"] == "Eleni Markou"


def test_what_the_item_does_not_say_becomes_dots_and_is_named(letter):
    assert "……" in letter["body"]
    assert letter["missing"] == ["legal basis"]


@pytest.mark.parametrize(
    ("language", "said"), [("el", "Προς Harbour Fund: έως 23 Δεκεμβρίου 2026"), ("fa", "۲ دی ۱۴۰۵")]
)
def test_each_language_has_its_own_words_and_days(api_of, item, delay, language, said):
    asked = {"template": delay, "language": language}
    assert said in api_of("Eleni").post(f"/api/v1/work-items/{item}/letters", json=asked).json["body"]


def test_an_unknown_placeholder_is_refused_with_those_that_are_known(api_of, cast):
    form = {"name": "x", "unit": cast.PARKS, "subject_en": "x", "body_en": "Dear {nobody}"}
    refused = api_of("Nikos").post("/api/v1/letter-templates", json=form)
    assert refused.status_code == 422
    [error] = refused.json["errors"]
    said = " ".join(map(str, error.values()))
    assert "{nobody}" in said
    assert "{προθεσμία}" in said  # Nikos reads Greek


@pytest.mark.parametrize(
    "wrong",
    [{}, {"subject_en": "x"}, {"body_en": "x"}, {"subject_en": "x", "body_en": "\x00"},
     {"subject_en": 7, "body_en": "x"}, {"subject_en": "x", "body_en": "y" * 20_001}],
)  # fmt: skip
def test_a_template_is_whole_or_refused(api_of, cast, wrong):
    assert api_of("Nikos").post("/api/v1/letter-templates", json={"name": "x", **wrong}).status_code == 422


def test_templates_of_other_units_are_not_to_be_had(api_of, cast, item):
    others = api_of("Petros").post("/api/v1/letter-templates", json={**TEMPLATE, "unit": cast.ROADS}).json["id"]
    refused = api_of("Eleni").post(f"/api/v1/work-items/{item}/letters", json={"template": others})
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "template"


def test_a_language_in_which_the_template_is_not_written_is_refused(api_of, cast, item):
    only = {"name": "x", "unit": cast.PARKS, "subject_en": "x", "body_en": "y"}
    made = api_of("Nikos").post("/api/v1/letter-templates", json=only).json["id"]
    refused = api_of("Eleni").post(f"/api/v1/work-items/{item}/letters", json={"template": made, "language": "fa"})
    assert refused.json["errors"][0]["field"] == "language"


def test_the_pdf_is_a_file_of_the_item_and_made_again_its_next_version(app, api_of, letter, item, made):
    eleni, address = api_of("Eleni"), f"/api/v1/letters/{letter['id']}"
    assert eleni.post(f"{address}/papers").status_code == 202
    assert eleni.get(address).json["file"] is None
    made()
    [file] = eleni.get(f"/api/v1/work-items/{item}/files").json["items"]
    assert eleni.get(address).json["file"] == file["id"]
    said = text_of(app, file["sha256"])
    assert "Your request 2026/11873" in said
    assert "DRAFT" in said
    text = {"to": "Harbour Fund", "subject": "Other", "body": "Second", "signer": "Eleni"}
    eleni.put(address, json=text)
    assert eleni.get(address).json["file"] is None
    eleni.post(f"{address}/papers")
    made()
    [again] = eleni.get(f"/api/v1/work-items/{item}/files").json["items"]
    assert (again["name"], again["version"]) == (file["name"], 2)
    history = client_history(api_of, item)
    assert "added version 2 of the file" in history


def client_history(api_of, item):
    return "\n".join(
        each["sentence"] for each in api_of("Eleni").get(f"/api/v1/work-items/{item}/history").json["items"]
    )


def test_the_same_letter_asked_for_twice_is_one_paper(api_of, letter, made):
    eleni, address = api_of("Eleni"), f"/api/v1/letters/{letter['id']}/papers"
    eleni.post(address)
    eleni.post(address)
    assert len(made()) == 1
    assert made() == []


def test_text_is_set_as_it_stands_and_never_as_markup(app, api_of, letter, item, made):
    eleni, address = api_of("Eleni"), f"/api/v1/letters/{letter['id']}"
    nasty = '#read("/etc/passwd") $x$ *b* _i_ `c` <a> @b \\ // {{ }} #{1+1} “q” [x](y)'
    eleni.put(address, json={"to": nasty, "subject": nasty, "body": f"{nasty}\n\n{nasty}", "signer": nasty})
    eleni.post(f"{address}/papers")
    made()
    [file] = eleni.get(f"/api/v1/work-items/{item}/files").json["items"]
    said = text_of(app, file["sha256"])
    assert '#read("/etc/passwd")' in said
    assert "root:" not in said


def test_persian_is_set_from_right_to_left(app):
    with app.app_context():
        data = sheet_data(
            "fa", "نامه", head={"organisation": "شهرداری", "lines": []}, facts=[], to_label="به", to=["اداره"],
            subject_label="موضوع", subject="مجوز", body=parts("سلام دنیا", "fa"), closing=[], signer="الینا", draft="",
        )  # fmt: skip
        page = pypdfium2.PdfDocument(typeset("letter", data))[0]
        found = page.get_textpage()
        boxes = [found.get_charbox(at) for at in range(found.count_chars())]
        assert max(box[2] for box in boxes) > page.get_width() - 90


def test_a_paper_that_is_too_long_is_said_to_be_so_and_nothing_hangs(app, api_of, letter, item, made, monkeypatch):
    def refuse(*_args):
        raise Unprintable("too long")

    monkeypatch.setattr("collab.files.papers.typeset", refuse)
    eleni, address = api_of("Eleni"), f"/api/v1/letters/{letter['id']}"
    eleni.post(f"{address}/papers")
    made()
    assert made() == []
    assert eleni.get(f"/api/v1/work-items/{item}/files").json["items"] == []


def test_sent_is_a_fact_with_day_and_number_and_the_answer_is_awaited(api_of, letter, item):
    eleni, address = api_of("Eleni"), f"/api/v1/letters/{letter['id']}"
    sent = {"on": "2026-11-20", "protocol_number": "2026/12001", "answer_until": "2026-12-20", "stops_clock": True}
    answer = eleni.post(f"{address}/sending", json=sent)
    assert answer.status_code == 201, answer.text
    assert "sent the letter “Your request 2026/11873” to Harbour Fund" in client_history(api_of, item)
    assert "2026/12001" in client_history(api_of, item)
    wait = eleni.get(f"/api/v1/waits/{answer.json['wait']}").json
    assert (wait["of"]["name"], wait["until"]) == ("Harbour Fund", "2026-12-20")
    assert eleni.get(f"/api/v1/work-items/{item}").json["state"] == "waiting"


def test_the_pdf_of_a_draft_is_not_that_of_the_letter_as_it_was_sent(app, api_of, letter, item, made):
    eleni, address = api_of("Eleni"), f"/api/v1/letters/{letter['id']}"
    eleni.post(f"{address}/papers")
    made()
    eleni.post(f"{address}/sending", json={"on": "2026-11-20", "protocol_number": "2026/12001"})
    assert eleni.get(address).json["file"] is None
    eleni.post(f"{address}/papers")
    made()
    [file] = eleni.get(f"/api/v1/work-items/{item}/files").json["items"]
    said = text_of(app, file["sha256"])
    assert "2026/12001" in said
    assert "DRAFT" not in said


def test_what_was_sent_stays_as_it_is(api_of, letter):
    eleni, address = api_of("Eleni"), f"/api/v1/letters/{letter['id']}"
    eleni.post(f"{address}/sending", json={"on": "2026-11-20"})
    text = {"to": "x", "subject": "x", "body": "x", "signer": "x"}
    assert eleni.put(address, json=text).status_code == 409
    assert eleni.delete(address).status_code == 409
    assert eleni.post(f"{address}/sending", json={"on": "2026-11-20"}).status_code == 409


def test_a_day_to_come_is_no_day_on_which_it_was_sent(api_of, letter):
    refused = api_of("Eleni").post(f"/api/v1/letters/{letter['id']}/sending", json={"on": "2030-01-01"})
    assert refused.json["errors"][0]["field"] == "on"


def test_a_refused_wait_leaves_the_letter_a_draft(api_of, letter):
    eleni, address = api_of("Eleni"), f"/api/v1/letters/{letter['id']}"
    refused = eleni.post(f"{address}/sending", json={"on": "2026-11-20", "answer_until": "2001-01-01"})
    assert refused.status_code == 422
    assert eleni.get(address).json["sent_on"] is None


def test_a_draft_thrown_away_is_gone_and_the_history_says_so(api_of, letter, item):
    eleni, address = api_of("Eleni"), f"/api/v1/letters/{letter['id']}"
    assert eleni.delete(address).status_code == 204
    assert eleni.get(address).status_code == 404
    assert "threw the draft" in client_history(api_of, item)


def test_of_two_who_change_a_draft_the_second_is_told(client_of, letter):
    eleni, address = client_of("Eleni"), f"/letters/{letter['id']}?_method=PATCH"
    text = {"to": "x", "subject": "First", "body": "x", "signer": "x", "version": str(letter["version"])}
    assert eleni.post(address, data=text).status_code == 303
    second = eleni.post(address, data={**text, "subject": "Second"})
    assert second.status_code == 412
    assert 'value="Second"' in second.text


def test_by_the_pages_alone_a_letter_is_drafted_printed_and_sent(client_of, item, delay, made):
    eleni = client_of("Eleni")
    assert f'href="/work-items/{item}/letters/new"' in eleni.get(f"/work-items/{item}").text
    assert "Delay" in eleni.get(f"/work-items/{item}/letters/new").text
    answer = eleni.post(f"/work-items/{item}/letters", data={"template": delay, "language": "en"})
    page = eleni.get(answer.location).text
    assert "Your request 2026/11873" in page
    assert "Dots stand where the item does not say: legal basis" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    text = {"to": "Forestry", "subject": "As typed", "body": "Just now", "signer": "Eleni", "version": version}
    printed = eleni.post(f"{answer.location}?_method=PATCH&then=paper", data=text)
    page = eleni.get(printed.location).text
    assert "is being made" in page
    assert 'value="As typed"' in page  # what stood in the fields is what is printed
    assert eleni.post(f"{answer.location}?_method=PATCH&then=nothing", data=text).status_code == 422
    made()
    assert "Download the PDF" in eleni.get(answer.location).text
    eleni.post(f"{answer.location}/sending", data={"on": "2026-11-20", "protocol_number": "2026/5"})
    assert "2026/5" in eleni.get(f"/work-items/{item}").text
    assert "Write down as sent" not in eleni.get(answer.location).text


def test_dots_that_still_stand_are_told_before_the_pdf_is_made(client_of, item, delay):
    eleni = client_of("Eleni")
    assert 'href="/letter-templates"' in eleni.get(f"/work-items/{item}/letters/new").text
    place = eleni.post(f"/work-items/{item}/letters", data={"template": delay, "language": "en"}).location

    def saved(body: str, then: str) -> str:
        version = re.search(r'name="version" value="(\d+)"', eleni.get(place).text)[1]
        text = {"to": "Forestry", "subject": "Delay", "body": body, "signer": "Eleni", "version": version}
        answer = eleni.post(f"{place}?_method=PATCH&then={then}", data=text)
        assert answer.status_code == 303
        return eleni.get(answer.location).text

    page = saved("According to …… you are answered.", "paper")
    assert "The PDF is not made yet" in page
    assert "something is missing: Text. Fill them in first." in page
    assert "According to …… you" in page
    assert "is being made" not in page
    assert page.split("<main")[1].split("</main>")[0].count("button-primary") == 1
    assert "is being made" in saved("According to …… you are answered.", "paper-with-dots")
    page = saved("According to the law you are answered.", "paper")
    assert 'id="letter-dots"' not in page


def test_whether_it_was_sent_is_asked_once_there_is_a_pdf(client_of, item, delay, made):
    eleni = client_of("Eleni")
    place = eleni.post(f"/work-items/{item}/letters", data={"template": delay, "language": "en"}).location
    folded = '<details class="more section" id="sending">'
    assert folded in eleni.get(place).text
    wrong = eleni.post(f"{place}/sending", data={"on": "2999-01-01"})
    assert wrong.status_code == 422
    assert folded not in wrong.text
    eleni.post(f"{place}/papers")
    made()
    page = eleni.get(place).text
    assert '<details class="more section" id="sending" open>' in page
    assert page.split("<main")[1].split("</main>")[0].count("button-primary") == 1


def test_own_papers_go_after_a_day(app, api_of, letter, actor_of, cast):
    with app.app_context():
        sheet = sheet_data("en", "x", head={"organisation": "x", "lines": []}, facts=[], sections=[], signatures=[])
        with writing() as session:
            row = Paper(wanted_by=cast.Eleni, wanted_at=clock.now(), sheet="report", data=sheet, name="x.pdf")
            session.add(row)
            session.flush()
            paper = row.id
        make_paper(paper)
        assert find_paper(actor_of("Eleni"), paper).file_id
        with pytest.raises(NotFound):
            find_paper(actor_of("Nikos"), paper)
        drop_own(SYSTEM, clock.now() + timedelta(days=1))
        with pytest.raises(NotFound):
            find_paper(actor_of("Eleni"), paper)


def test_a_template_made_on_its_page_holds_in_the_unit_that_was_chosen(client_of, cast):
    nikos = client_of("Nikos")
    said = {"name": "x", "subject_en": "x", "body_en": "y", "unit": cast.PARKS, "unit_name": "Parks"}
    assert nikos.post("/letter-templates", data=said).status_code == 303
    assert nikos.post("/letter-templates", data={**said, "unit": ""}).status_code == 303
    assert nikos.post("/letter-templates", data={**said, "unit": "", "unit_name": "Nowhere"}).status_code == 422
