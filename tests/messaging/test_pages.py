"""The talk on the page of an item: what was said, where one left off, and writing that loses nothing."""

import json
import re

import pytest

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
ADDRESS = "/work-items/PARKS-1/messages"


def nonce_of(answer):
    return re.search(r'id="talk-nonce" value="([^"]+)"', answer.text)[1]


def texts(answer):
    found = re.findall(r'<div class="message-text[^"]*"[^>]*>(.*?)</div>', answer.text, re.S)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in found]


@pytest.fixture
def eleni(item, client_of):
    return client_of("Eleni")


def test_the_page_of_an_item_carries_its_talk(eleni, said):
    said("Nikos", "Two trees are down")
    page = eleni.get("/work-items/PARKS-1")
    assert texts(page) == ["Two trees are down"]
    assert 'data-live="work-item-talk:' in page.text


def test_writing_without_scripts_leads_back_to_the_talk(eleni):
    answer = eleni.post(ADDRESS, data={"text": "Hello", "nonce": nonce_of(eleni.get("/work-items/PARKS-1"))})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/work-items/PARKS-1#talk")
    assert texts(eleni.get("/work-items/PARKS-1")) == ["Hello"]


def test_an_open_page_gets_an_empty_composer_with_a_new_nonce_and_asks_for_the_rest(eleni):
    first = nonce_of(eleni.get("/work-items/PARKS-1"))
    answer = eleni.post(ADDRESS, data={"text": "Hello", "nonce": first}, headers=PART)
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "talk-said"
    assert nonce_of(answer) != first
    assert "Hello" not in answer.text
    assert texts(eleni.get(ADDRESS, headers=PART)) == ["Hello"]


def test_whoever_writes_a_name_without_choosing_it_is_told_that_nobody_was_called(eleni, cast, queries):
    def sent(text, headers=PART):
        nonce = nonce_of(eleni.get("/work-items/PARKS-1"))
        with queries() as asked:
            answer = eleni.post(ADDRESS, data={"text": text, "nonce": nonce}, headers=headers)
        return answer, len(asked)

    _first, _many = sent("Hello")
    plain, usual = sent("write to Tasos or legal@ermou.example; `@Tasos` said “@Xenia”")
    assert plain.headers["HX-Trigger"] == "talk-said"
    called, _many = sent(f"@[Nikos](party:{cast.Nikos}) come")
    assert called.headers["HX-Trigger"] == "talk-said"
    answer, many = sent("@Tasos please look")
    told = json.loads(answer.headers["HX-Trigger"])
    assert told["talk-said"] is True
    assert told["toast"]["text"].replace("\u2068", "").startswith("With @Tasos")
    assert many == usual, "it asks nothing"
    sent("@Tasos please look once more", {})
    assert "you called nobody" in eleni.get("/work-items/PARKS-1").text


@pytest.mark.parametrize("headers", [{}, PART], ids=["page", "part"])
@pytest.mark.parametrize("text", ["@[Nobody](party:99999) come", "x" * 20_001, "nul\0here"])
def test_what_cannot_be_sent_comes_back_with_the_reason_and_its_nonce(eleni, headers, text):
    answer = eleni.post(ADDRESS, data={"text": text, "nonce": "n1"}, headers=headers)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert text[:3] in answer.text
    assert nonce_of(answer) == "n1"
    assert ("<html" in answer.text) is not bool(headers)


def test_an_empty_message_is_refused_and_a_crooked_nonce_replaced(eleni):
    assert eleni.post(ADDRESS, data={"text": "  ", "nonce": "n1"}).status_code == 422
    assert eleni.post(ADDRESS, data={}).status_code == 422
    answer = eleni.post(ADDRESS, data={"text": "x", "nonce": '"><script>'}, headers=PART)
    assert answer.status_code == 422
    assert "<script>" not in answer.text


def test_when_the_answer_was_lost_sending_again_sends_once_and_another_text_is_asked_about(eleni):
    body = {"text": "Hello", "nonce": "n1"}
    for _try in range(3):
        assert eleni.post(ADDRESS, data=body, headers=PART).status_code == 200
    other = eleni.post(ADDRESS, data={"text": "Hello, all", "nonce": "n1"}, headers=PART)
    assert other.status_code == 409
    assert other.headers["HX-Reswap"] == "outerMorph"
    assert "Hello, all" in other.text
    assert nonce_of(other) != "n1"
    assert texts(eleni.get(ADDRESS, headers=PART)) == ["Hello"]


def test_a_line_divides_what_is_new_and_it_stays_while_the_page_is_open(eleni, said, client_of):
    said("Eleni", "one")
    said("Nikos", "two")
    said("Nikos", "three")
    page = eleni.get("/work-items/PARKS-1")
    assert page.text.count('class="talk-day talk-new"') == 1
    said_here = page.text[page.text.index('id="talk-messages"') :]
    assert said_here.index("one") < said_here.index('class="talk-day talk-new"') < said_here.index("two")
    talk, seq = re.search(r'hx-put="/conversations/(\d+)/read-state" hx-vals=\'{"seq": (\d+)}\'', page.text).groups()
    assert seq == "3"
    assert eleni.put(f"/conversations/{talk}/read-state", data={"seq": seq}).status_code == 204
    again = re.search(r'id="talk-messages".*?hx-get="([^"]+)"', page.text, re.S)[1].replace("&amp;", "&")
    part = eleni.get(again, headers=PART)
    assert part.text.count('class="talk-day talk-new"') == 1
    assert texts(part) == ["one", "two", "three"]
    assert 'class="talk-day talk-new"' not in eleni.get("/work-items/PARKS-1").text


def test_earlier_messages_are_fetched_above_and_an_open_page_keeps_its_place(eleni, said):
    for number in range(120):
        said(("Nikos", "Eleni", "Babis")[number % 3], f"message {number}", nonce=f"n{number}")
    page = eleni.get("/work-items/PARKS-1")
    assert texts(page)[0] == "message 70"
    seen, part = texts(page), page
    while found := re.search(r'hx-get="([^"]+before=[^"]+)"', part.text):
        part = eleni.get(found[1].replace("&amp;", "&"), headers=PART)
        seen = texts(part) + seen
    assert seen == [f"message {number}" for number in range(120)]
    said("Nikos", "one more")
    again = re.search(r'id="talk-messages".*?hx-get="([^"]+)"', page.text, re.S)[1].replace("&amp;", "&")
    assert texts(eleni.get(again, headers=PART))[:1] == ["message 70"]
    assert texts(eleni.get(again, headers=PART))[-1:] == ["one more"]


def test_who_changes_a_message_in_two_tabs_is_told_in_the_second_and_keeps_what_they_typed(eleni, said):
    mine = said("Eleni", "At six")["id"]
    both = [re.search(r'name="of" value="(\w+)"', eleni.get(f"/messages/{mine}/text", headers=PART).text)[1]] * 2
    first, second = (
        eleni.put(f"/messages/{mine}", data={"text": text, "of": of}, headers=PART)
        for text, of in zip(("At seven", "At eight"), both, strict=True)
    )
    assert (first.status_code, texts(first)) == (200, ["At seven"])
    assert (second.status_code, second.headers["HX-Reswap"]) == (412, "outerHTML")
    assert "At eight</textarea>" in second.text
    assert "At seven" in second.text
    of = re.search(r'name="of" value="(\w+)"', second.text)[1]
    again = eleni.put(f"/messages/{mine}", data={"text": "At eight", "of": of}, headers=PART)
    assert (again.status_code, texts(again)) == (200, ["At eight"])
    plain = eleni.post(f"/messages/{mine}?_method=PUT", data={"text": "At nine", "of": of})
    assert (plain.status_code, "At nine</textarea>" in plain.text) == (412, True)


def test_ones_own_words_can_be_changed_in_place_and_others_cannot(eleni, said, client_of):
    mine, theirs = said("Eleni", "Yse")["id"], said("Nikos", "No")["id"]
    assert "Yse" in eleni.get(f"/messages/{mine}/text", headers=PART).text
    assert eleni.get(f"/messages/{theirs}/text").status_code == 403
    changed = eleni.put(f"/messages/{mine}", data={"text": "Yes"}, headers=PART)
    assert (changed.status_code, texts(changed)) == (200, ["Yes"])
    assert "edited" in changed.text
    assert eleni.put(f"/messages/{mine}", data={"text": " "}, headers=PART).status_code == 422
    assert eleni.put(f"/messages/{theirs}", data={"text": "Yes"}).status_code == 403
    assert eleni.post(f"/messages/{mine}?_method=PUT", data={"text": "Yes!"}).status_code == 303
    assert eleni.get(f"/messages/{mine}").status_code == 200
    assert client_of("Leila").get(f"/messages/{mine}").status_code == 404


def test_deleting_leaves_a_trace_and_no_words(eleni, said):
    id_ = said("Eleni", "A secret")["id"]
    gone = eleni.delete(f"/messages/{id_}", headers=PART)
    assert texts(gone) == ["This message was deleted."]
    assert "A secret" not in eleni.get("/work-items/PARKS-1").text
    assert f'hx-delete="/messages/{id_}"' not in eleni.get("/work-items/PARKS-1").text


def test_strangers_find_no_talk_and_auditors_no_composer(item, said, client_of):
    said("Eleni", "Two trees are down")
    leila, reza = client_of("Leila"), client_of("Reza")
    assert leila.get(ADDRESS).status_code == 404
    assert leila.post(ADDRESS, data={"text": "x", "nonce": "n"}).status_code == 404
    assert 'id="talk-text"' not in reza.get("/work-items/PARKS-1").text
    assert reza.post(ADDRESS, data={"text": "x", "nonce": "n"}).status_code == 403


def test_a_mention_leads_to_whom_it_calls(eleni, cast):
    assert eleni.get(f"/mentions/{cast.Nikos}").headers["Location"] == f"/people/{cast.Nikos}"
    assert eleni.get(f"/mentions/{cast.LEGAL}").headers["Location"] == "/units/LEGAL"
    assert eleni.get(f"/mentions/{cast.head_posts['LEGAL']}").headers["Location"] == "/units/LEGAL"
    assert eleni.get(f"/mentions/{cast.forestry}").status_code == 404
    assert eleni.get("/mentions/999999").status_code == 404


@pytest.mark.parametrize("asked", ["after=x", "before=-1", "new=y", "limit=1000", "other=1"])
def test_a_wrong_address_is_refused(eleni, asked):
    assert eleni.get(f"{ADDRESS}?{asked}").status_code == 422


def test_the_talk_costs_the_item_page_two_queries(eleni, said, queries):
    said("Nikos", "Two trees are down")
    eleni.get(ADDRESS, headers=PART)
    with queries() as sent:
        eleni.get(ADDRESS, headers=PART)
    assert (
        len([statement for statement in sent.sent if "conversation" in statement or "FROM message" in statement]) == 2
    )


def test_an_act_whose_address_is_wrong_is_refused_before_anything_is_done(eleni, said):
    page = f"/messages/{said('Eleni', 'At six')['id']}"
    assert eleni.put(f"{page}/signs/thanks", headers=PART).status_code == 200

    def shown():
        return re.sub(r'value="[^"]*"', "", eleni.get(page, headers=PART).text)  # its tokens are others each time

    before = shown()
    asks = [("DELETE", ""), ("PUT", "/signs/agree"), ("DELETE", "/signs/thanks"), ("PUT", "/pin"), ("DELETE", "/pin")]
    for method, way in [*asks, ("PUT", ""), ("PUT", "/receipt"), ("DELETE", "/hiding")]:
        sent = {"data": {"text": "At seven"}} if (method, way) == ("PUT", "") else {}
        answer = eleni.open(f"{page}{way}?mroe=1", method=method, headers=PART, **sent)
        assert (answer.status_code, shown()) == (422, before), (method, way)
