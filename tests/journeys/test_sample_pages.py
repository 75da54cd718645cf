"""The pages of decisions, meetings and messages in every state the sample has, in turns of language, appearance and
width: each answers, nothing stands out to the side, nothing is a barrier."""

import os
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from collab.cli.demo import house
from tests.databases import Servers

from .looking import barriers, barriers_by_ibm, overflow
from .stack import Stack, running_the_sample
from .test_every_page import TURNS

BY_NIGHT = bool(os.environ.get("COLLAB_NIGHTLY"))
TABS = {"decision": ("question", "vote", "result", "talk"), "meeting": ("agenda", "questions", "attendance", "talk")}
OF_ITEM = {
    "decision": ("electorate", "receipts", "opening", "editing", "cancellation", "tasks/new"),
    "meeting": ("public", "series", "editing", "points/new", "questions/new", "cancellation"),
}
OF_MESSAGE = (
    "", "/thread", "/work/new?kind=task", "/work/new?kind=pending", "/points/new", "/receipts", "/forwarding/new",
    "/versions", "/hiding/new", "/text",
)  # fmt: skip
# One message of each look in talks a head of PARKS reads: plain, pinned, with a sign, naming an item, with answers.
MESSAGES = """
select min(m.id) from message m join conversation c on c.id = m.conversation_id
left join work_item i on c.owner_kind = 'work-item' and i.id = c.owner_id
where m.deleted_at is null and (c.kind = 'group' or i.reference like 'PARKS-%')
group by m.pinned_at is not null, m.text ~ '[A-Z]+-[0-9]+', m.answers > 0, m.urgent,
    exists (select 1 from message_reaction r where r.message_id = m.id)
"""


@pytest.fixture(scope="module")
def sample(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_the_sample(servers, tmp_path_factory.mktemp("sample")) as found:
        yield found


@pytest.fixture(scope="module")
def asked(sample: Stack) -> Any:
    def ask(query: str) -> list[Any]:
        with psycopg.connect(sample.environment["DATABASE_URL"].replace("+psycopg", "")) as connection:
            return [row[0] for row in connection.execute(query)]  # type: ignore[call-overload]

    return ask


@pytest.fixture
def page(sample: Stack, browser: Browser) -> Iterator[Page]:
    """A head in front of a browser, signed in."""
    email = next(house.BY_KEY[key].email for role, key in house.SIGN_INS if role == "head")
    context = browser.new_context(base_url=sample.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(house.PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(f"{sample.url}/")
    yield page
    context.close()


def _prefers(page: Page, locale: str, theme: str) -> None:
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    form = {"locale": locale, "theme": theme, "csrf_token": token}
    assert page.request.post("/profile?_method=PATCH", form=form, max_redirects=0).status in (200, 204, 303)


def _faults(page: Page, paths: list[str]) -> tuple[list[str], int]:
    """What is wrong on these pages (by day on each third), and how many of them were there to be seen."""
    turns, wrong, seen = cycle(TURNS), [], 0
    for path in paths if BY_NIGHT else paths[::3]:
        locale, theme, width = next(turns)
        _prefers(page, locale, theme)
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(path)
        where = f"{path} ({locale}, {theme}, {width})"
        assert answer is not None
        if answer.status in (403, 404, 409):
            continue
        assert answer.status == 200, f"{where}: {answer.status}"
        seen += 1
        if out := overflow(page):
            wrong.append(f"{where}: stands out to the side: {out}")
        found = barriers(page) + (barriers_by_ibm(page) if BY_NIGHT else [])
        wrong += [f"{where}: {barrier}" for barrier in found]
    return wrong, seen


@pytest.mark.parametrize("kind", OF_ITEM)
def test_decisions_and_meetings_fit_and_have_no_barriers_whatever_their_state(page, asked, kind):
    references = asked(f"select reference from work_item where kind = '{kind}' order by id")
    paths = [f"/{kind}s/{one}?tab={tab}" for one in references for tab in TABS[kind]]
    paths += [f"/{kind}s/{one}/{part}" for one in references for part in OF_ITEM[kind]]
    wrong, seen = _faults(page, paths)
    assert not wrong, "\n".join(wrong)
    assert seen >= len(references)


def test_messages_and_what_one_does_with_them_fit_and_have_no_barriers(page, asked):
    paths = [f"/messages/{one}{part}" for one in sorted(asked(MESSAGES)) for part in OF_MESSAGE]
    paths += [f"/conversations/{one}" for one in asked("select id from conversation where last_seq > 0 order by id")]
    wrong, seen = _faults(page, paths)
    assert not wrong, "\n".join(wrong)
    assert seen >= len(OF_MESSAGE)
