"""A page that stays open, and a form that is sent twice: nothing is missing, and nothing is there twice."""

import re

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def numbers(answer):
    return [int(seq) for seq in re.findall(r'<article class="message[^"]*"[^>]*data-seq="(\d+)"', answer.text, re.S)]


def test_a_conversation_that_is_begun_twice_by_one_form_is_one_and_begins_with_one_word(client_of, api_of, cast):
    eleni = client_of("Eleni")
    for kind, fields in (("direct", {"text": "Two trees are down"}), ("group", {"title": "Storm"})):
        form = eleni.get(f"/conversations/new?kind={kind}").text
        once = re.search(r'<form class="form form-talk".*?name="once" value="([^"]+)"', form, re.S)[1]
        typed = {"kind": kind, "members[]": str(cast.Sofia), "once": once} | fields
        homes = {eleni.post("/conversations", data=typed).headers["Location"] for _try in range(2)}
        assert len(homes) == 1
        talk = homes.pop().rsplit("/", 1)[1]
        said = api_of("Sofia").get(f"{V1}/conversations/{talk}/messages").json["items"]
        assert [one["text"] for one in said] == list(fields.values())[: len(said)]
        assert len(said) == (kind == "direct")
