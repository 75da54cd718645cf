"""What is asked."""

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from .asking import Request
from .people import Asker
from .voters import Vote, Voter

ACCEPTED = {"Accept-Encoding": "gzip"}
CEILING = dict.fromkeys(("create (API)", "cast a ballot (API)", "cast a ballot (page)"), "create")
"""What a page is set beside; every other one beside the bare list."""


def pages(asker: Asker, port: int, run: str) -> Iterator[tuple[str, Request]]:
    """The pages of everyday work, searches that find much, little and nothing, then creating over the API."""
    signed_in = {**ACCEPTED, "Host": f"localhost:{port}", "Cookie": f"collab={asker.cookie}"}
    heads = _of_heads(asker) if asker.name != "clerk" else ()
    deciding = _of_deciding(asker) if asker.vote else ()
    for name, path in (*_of_everyday(asker), *_of_searching(asker), *deciding, *heads):
        yield name, Request("GET", path, signed_in)
    token = {
        **ACCEPTED,
        "Host": f"localhost:{port}",
        "Authorization": f"Bearer {asker.token}",
        "Content-Type": "application/json",
        "Idempotency-Key": f"bench-{run}-%d",
    }
    body = f'{{"title": "Made by the bench %d", "unit": {asker.unit}}}'
    yield "create (API)", Request("POST", "/api/v1/tasks", token, body)


def _of_everyday(asker: Asker) -> Iterator[tuple[str, str]]:
    yield "my day", "/"
    yield "item", f"/work-items/{asker.item}"
    yield "pending page of a unit", f"/units/{asker.unit_code}/pending-items"
    yield "filtered list", f"/pending-items?unit={asker.unit_code}&state=open&order=due"
    yield "common words", f"/tasks?whose=all&state=any&text={quote('lamp')}"
    yield "rare words", f"/tasks?whose=all&state=any&text={quote('λακκουβα 179')}"
    yield "no hits", "/tasks?whose=all&state=any&text=nowhereatall"
    yield "inbox", "/inbox"
    yield "board of a unit", f"/pending-items?unit={asker.unit_code}&layout=board"
    yield "calendar of a unit", f"/pending-items?unit={asker.unit_code}&layout=calendar"
    yield "views", "/views"
    yield "registry", "/registry"
    yield "registry, a part of a number", f"/registry?number={asker.item.rpartition('-')[2]}"
    yield "who can do it", "/skills?text_1=Skill+7"


def _of_searching(asker: Asker) -> Iterator[tuple[str, str]]:
    yield "search, common words", "/search?q=lamp"
    yield "search, rare words", f"/search?q={quote('λακκουβα 179')}"
    yield "search, no hits", "/search?q=nowhereatall"
    yield "search, conditions", f"/search?q={quote('state:open lamp')}"
    yield "palette, first letters", "/palette?q=la"
    yield "palette, common words", "/palette?q=lamp"
    yield "palette, a name", "/palette?q=person+41"
    yield "palette, a reference", f"/palette?q={asker.item}"


def _of_deciding(asker: Asker) -> Iterator[tuple[str, str]]:
    """The large open vote, what is awaited of the asker, and what came out of another one."""
    yield "decision, question", f"/decisions/{asker.vote}?tab=question"
    yield "decision, vote", f"/decisions/{asker.vote}?tab=vote"
    yield "decision, talk", f"/decisions/{asker.vote}?tab=talk"
    yield "decisions, my vote is awaited", "/decisions?whose=my-vote"
    yield "decision, result", f"/decisions/{asker.taken}?tab=result"


def ballots(
    vote: Vote, voters: Sequence[Voter], port: int, csrf_token: Callable[[int], str]
) -> Iterator[tuple[str, Request]]:
    """Casting a ballot, each of another voter: over the API, and as the form of the page sends it. `csrf_token`: what
    the forms of a session carry."""
    host, path = {**ACCEPTED, "Host": f"localhost:{port}"}, f"/decisions/{vote.reference}/ballot"
    tokens = [{"Authorization": f"Bearer {one.token}"} for one in voters]
    said = f'{{"option": {vote.options[0]}}}' if vote.options else '{"vote": "yes"}'
    as_json = {**host, "Content-Type": "application/json"}
    yield "cast a ballot (API)", Request("PUT", f"/api/v1{path}", as_json, said, tokens)
    forms = [{"Cookie": f"collab={one.cookie}", "X-CSRF-Token": csrf_token(one.session)} for one in voters]
    typed = f"option={vote.options[0]}" if vote.options else "vote=yes"
    as_form = {**host, "Content-Type": "application/x-www-form-urlencoded"}
    yield "cast a ballot (page)", Request("POST", f"{path}?_method=PUT", as_form, typed, forms)


def _of_heads(asker: Asker) -> Iterator[tuple[str, str]]:
    """What heads look at; of others these pages are hidden."""
    yield "overview of a unit", f"/units/{asker.unit_code}/overview"
    yield "who waits for whom", f"/units/{asker.unit_code}/waits"
    yield "time by holder", f"/units/{asker.unit_code}/time"
    yield "skills of a unit", f"/units/{asker.unit_code}/skills"
    yield "desk of a colleague", f"/people/{asker.below}/desk"


def bare_pages(people: list[Asker]) -> Iterator[tuple[str, Request]]:
    """The bare ceiling of a page, and of creating."""
    busiest = people[-1]
    yield "list", Request("GET", f"/list/{busiest.unit}", ACCEPTED)
    json = {**ACCEPTED, "Content-Type": "application/json"}
    yield "create", Request("POST", "/notes", json, f'{{"title": "Made by the bench %d", "unit": {busiest.unit}}}')
