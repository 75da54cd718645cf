"""What is found: by any spelling of its words, the best and newest first, as soon as it was written."""

from collab.messaging.commands import edit, remove
from collab.messaging.forms import Edit
from collab.people.commands.outsiders import add_outsider, change_outsider
from collab.people.forms.organisation import OutsiderForm
from collab.tasks.commands import create_pending_item
from collab.tasks.forms import NewPendingItem
from collab.work import commands as work
from collab.work.forms import Complete, EditItem
from tests.files.sending import sent

SPELLINGS = [
    ("Κλάδεμα δέντρων στην οδό Ανθέων", ["κλαδεμα", "ΚΛΑΔΕΜΑ", "κλαδέματα", "δέντρο", "kladema", "dentra",
                                         "οδός", "ΑΝΘΕΩΝ"]),
    ("Έλεγχος διεύθυνσης", ["διευθυνσεις", "διεύθυνσης", "dieuthinsi", "dieythynsh", "diefthynsis", "ΕΛΕΓΧΟΣ",
                             "elegxos"]),
    ("بررسی کتاب‌های کتابخانه", ["كتاب", "کتابها", "کتاب ها", "کتاب‌ها", "بررسي"]),
    ("درخواست شماره ۱۴۰۴", ["1404", "١٤٠٤", "۱۴۰۴"]),
    ("Permit for the café terrace", ["permits", "cafe", "TERRACES", "permit terrace"]),
    ("Law NOMOΣ 2690 with µ", ["νόμος", "nomos", "2690"]),
]  # fmt: skip


def test_every_spelling_finds_it(opened, indexed, titles):
    for title, _typed in SPELLINGS:
        opened("Nikos", "PARKS", title)
    indexed()
    missed = [(title, typed) for title, many in SPELLINGS for typed in many if titles("Eleni", typed) != [title]]
    assert missed == []


def test_all_words_are_asked_for(opened, indexed, titles):
    opened("Nikos", "PARKS", "Broken lamp in Mill Lane")
    opened("Nikos", "PARKS", "Broken bench in Mill Lane")
    indexed()
    assert titles("Eleni", "the broken lamp of Mill Lane") == ["Broken lamp in Mill Lane"]


def test_the_title_counts_more_than_the_body_and_open_more_than_closed(opened, indexed, titles, do):
    opened("Nikos", "PARKS", "In the text only", body="It says *playground* here.")
    opened("Nikos", "PARKS", "Playground")
    done = opened("Nikos", "PARKS", "Playground done")
    do(work.complete, "Nikos", done, Complete())
    opened("Nikos", "PARKS", "Playground, newer")
    indexed()
    assert titles("Eleni", "playground") == ["Playground, newer", "Playground", "Playground done", "In the text only"]


def test_references_labels_and_what_the_registry_wrote_lead_to_it(opened, indexed, find, do, cast):
    item = opened("Nikos", "PARKS", "Permit to fell a pine", labels=["storm damage"])
    case = do(
        create_pending_item, "Nikos",
        NewPendingItem(title="Citizen's letter", unit=cast.PARKS, source="citizen", protocol_number="2026/11873",
                   counterpart=cast.forestry),
    )  # fmt: skip
    indexed()
    case_id = case if isinstance(case, int) else case["id"]
    for reference in ("parks-1", "parks1", "PARKS 1"):
        assert [one["id"] for one in find("Eleni", reference, kind="items")] == [item], reference
    assert [one["id"] for one in find("Eleni", "storm", kind="items")] == [item]
    for typed in ("2026/11873", "11873", "forestry office"):
        assert [one["id"] for one in find("Eleni", typed, kind="items")] == [case_id], typed


def test_a_word_and_a_number_are_asked_for_as_they_were_typed(opened, indexed, titles):
    opened("Nikos", "PARKS", "Broken bench")
    opened("Nikos", "PARKS", "Parks in 1 plan")
    opened("Nikos", "PARKS", "Parks, form 001")
    indexed()
    assert {"Broken bench", "Parks in 1 plan"} <= set(titles("Eleni", "parks 1"))
    assert "Parks, form 001" in titles("Eleni", "parks 001")


def test_what_is_changed_is_found_by_its_new_words_alone(opened, indexed, titles, do):
    item = opened("Nikos", "PARKS", "Broken fountain")
    indexed()
    do(work.edit, "Nikos", item, EditItem(title="Broken benches"))
    indexed()
    assert titles("Eleni", "fountain") == []
    assert titles("Eleni", "bench") == ["Broken benches"]


def test_messages_are_found_while_they_stand(item, write, indexed, find, do):
    said = write("Nikos", item, "The forester wants **photographs** of the trunk")
    indexed()
    [found] = find("Eleni", "photograph trunk", kind="messages")
    assert (found["id"], found["author"]["name"], found["reference"]) == (said["id"], "Nikos Pappas", "PARKS-1")
    assert found["text"] == "The forester wants photographs of the trunk"
    do(edit, "Nikos", said["id"], Edit(text="The forester wants drawings"))
    indexed()
    assert find("Eleni", "photograph", kind="messages") == []
    assert len(find("Eleni", "drawing", kind="messages")) == 1
    do(remove, "Nikos", said["id"])
    indexed()
    assert find("Eleni", "drawing", kind="messages") == []


def test_files_are_found_by_their_names_by_whoever_may_read_them(opened, indexed, find, api_of, client_of):
    opened("Nikos", "PARKS", "Old tree")
    eleni = api_of("Eleni")
    made = sent(eleni, "/api/v1/work-items/PARKS-1/files", b"x", "Κάτοψη πλατείας.txt").json["items"][0]
    indexed()
    for typed in ("κατοψη", "katopsi", "πλατεία"):
        [found] = find("Eleni", typed, kind="files")
        assert (found["id"], found["name"], found["reference"]) == (made["id"], "Κάτοψη πλατείας.txt", "PARKS-1")
    offered = {group["key"]: group["options"] for group in client_of("Eleni").get("/palette?q=κατοψ").json["groups"]}
    assert [one["label"] for one in offered["files"]] == ["Κάτοψη πλατείας.txt"]
    assert find("Leila", "κατοψη", kind="files") == []
    assert client_of("Leila").get("/palette?q=κατοψ").json["groups"] == []
    eleni.delete(f"/api/v1/files/{made['id']}")
    indexed()
    assert find("Eleni", "κατοψη", kind="files") == []


def test_people_units_and_outsiders_are_found_by_beginnings_and_codes(directory, find):
    names = lambda typed: [(one["type"], one["name"]) for one in find("Leila", typed, kind="people")]  # noqa: E731
    assert names("eleni mar") == [("person", "Eleni Markou")]
    assert ("unit", "Parks") in names("parks")
    assert ("outsider", "Forestry Office") in names("forest")
    assert names("ελενη μαρκου") == [("person", "Eleni Markou")]


def test_a_changed_outsider_is_found_by_the_new_name(indexed, find, do):
    id_ = do(add_outsider, "Eleni", OutsiderForm(name="Water Company"))
    indexed()
    do(change_outsider, "Eleni", id_, OutsiderForm(name="Gas Company"))
    indexed()
    assert find("Leila", "water", kind="people") == []
    assert [one["id"] for one in find("Leila", "gas", kind="people")] == [id_]


SLIPS = {
    "Elenni Marku": "Eleni Markou", "papas": "Nikos Pappas", "Katreina": "Katerina Douka",
    "Forsetry": "Forestry Office", "Δουκκα": "Katerina Douka",
}  # fmt: skip


def test_a_slip_in_a_name_is_forgiven(directory, api_of):
    client = api_of("Leila")
    for typed, meant in SLIPS.items():
        answer = client.get("/api/v1/search", query_string={"q": typed}).json
        assert meant in [one["name"] for one in answer["suggestions"] + answer["items"]], typed
    answer = client.get("/api/v1/search", query_string={"q": "Xylophone"}).json
    assert answer["suggestions"] == answer["items"] == []


def test_an_unfinished_word_finds_what_it_may_become(opened, indexed, titles):
    opened("Nikos", "PARKS", "Λακκούβα στο οδόστρωμα")
    opened("Nikos", "PARKS", "Playgrounds of the west")
    indexed()
    for typed in ("λακκ", "lakk", "lakou", "ΛΑΚΚΟΥ", "λακκούβα στο οδοσ"):
        assert titles("Eleni", typed) == ["Λακκούβα στο οδόστρωμα"], typed
    assert titles("Eleni", "playgr", typing="true") == titles("Eleni", "playgr") == ["Playgrounds of the west"]


def test_nothing_with_all_words_shows_what_has_some(opened, indexed, api_of):
    opened("Nikos", "PARKS", "Night watering of the verges")
    opened("Nikos", "PARKS", "Night shift")
    indexed()
    answer = api_of("Eleni").get("/api/v1/search", query_string={"q": "watering verges at night by robots"}).json
    assert answer["loosely"] is True
    assert [one["title"] for one in answer["items"]] == ["Night watering of the verges"]


def test_more_is_walked_page_by_page_and_nothing_twice(opened, indexed, api_of):
    ids = [opened("Nikos", "PARKS", f"Broken lamp {number}") for number in range(7)]
    indexed()
    client, after, seen = api_of("Eleni"), None, []
    for _turn in range(9):
        page = client.get(
            "/api/v1/search", query_string={"q": "lamp", "kind": "items", "limit": 2, "after": after or ""}
        )
        seen += [one["id"] for one in page.json["items"]]
        after = page.json["next"]
        if after is None:
            break
    assert seen == ids[::-1]


def test_what_nothing_has_is_not_looked_for_in_every_kind(opened, write, indexed, api_of, client_of, queries):
    said = opened("Nikos", "PARKS", "Broken lamp")
    write("Nikos", said, "The forester wants photographs")
    indexed()
    client, browser = api_of("Eleni"), client_of("Eleni")
    asked = {}
    for typed in ("nowhereatall", "lamp", "forester"):
        for _turn in range(2):
            with queries() as sent:
                client.get("/api/v1/search", query_string={"q": typed})
        asked[typed] = sum("search_entry" in one and "window0" in one for one in map(str, sent.sent))
    assert asked == {"nowhereatall": 1, "lamp": 1, "forester": 2}, (
        "items always, messages and files where there are any"
    )
    for address in ("/search?q=nowhereatall", "/palette?q=nowhereatall"):
        browser.get(address)
        with queries() as sent:
            browser.get(address)
        assert len(sent.sent) <= 6, (address, sent.sent)


def test_searching_asks_few_statements(opened, indexed, api_of, queries):
    opened("Nikos", "PARKS", "Broken lamp")
    indexed()
    client = api_of("Eleni")
    client.get("/api/v1/search?q=lamp")
    with queries() as sent:
        client.get("/api/v1/search?q=lamp")
    assert len(sent.sent) <= 7, sent.sent
    with queries() as sent:
        client.get("/api/v1/search?q=nowhereatall")
    assert len(sent.sent) <= 7, "one word is not looked for loosely as well"
