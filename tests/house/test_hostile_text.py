"""What strangers write never holds a process: each function that reads it comes to its end at full length, whatever was
written. None is timed; one that goes on for seconds where thousandths are usual is stopped, and that is the failure."""

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from collab.core import markdown
from collab.core.files.kinds import sniff
from collab.core.files.names import clean_name
from collab.core.markdown import links
from collab.core.print import data
from collab.core.text import clean, fold, sort, stem, vector
from collab.core.text.clean import Unclean
from collab.messaging import cards, file_addresses, hooks, mentions, rendering
from collab.tasks import checklist
from collab.tasks.letters import placeholders
from collab.work import effort
from tests.core.markdown.hostile import HOSTILE

SECONDS = 4
"""Of this process, for one text or a page of lines; the slowest takes half of one on the machine of the figures."""
NEVER_ENDED = "](party:1) and words\n"

REPEATED = (
    "[", "](", "[a](", "@[", "@[a](party:", "@[a](party:1) ", "![", "<", "<!--", "<!---->", "<a ", "<?xml",
    "http://", "www.", "a@", "*", "** a", "_", "`", "~", "|", "|-|", "|a", "-", "- ", " ", "\t", "\n", "> ",
    "#", "1. ", "0", "a-", "A-1 ", "α", "αa", "{", "{a", "&", "&#1", "\\", "=", "- [ ] ", "(", ")", "()", "[]",
    "\"", "'", "«", ":", "a:", "·", "\u200c", "\u0301", "\u064a\u0654", "😀", "\u2028", "x\n ",
    "/files/", "/files/1", "http://localhost", "http://localhost/files/1.",
)  # fmt: skip

LINES = {
    "how a message begins", "how a message begins for its reader", "how a text begins", "references in a message",
    "files in a message",
}  # fmt: skip
"""Read for each line of a page, so a page of them has to come to its end."""
A_PAGE = 50 if os.environ.get("COLLAB_NIGHTLY") else 10
A_LINE = SECONDS / 50
"""By day fewer lines, in as little time for each."""

FUNCTIONS: dict[str, tuple[Callable[[str], object], int]] = {
    "how a message begins": (mentions.excerpt, 20_000),
    "how a message begins for its reader": (lambda text: mentions.in_short(text, {"1": {"en": "A"}}), 20_000),
    "names typed behind an @": (mentions.typed, 20_000),
    "the title of what is made of a message": (lambda text: mentions.titled(text, {"1": {"en": "A"}}, 120), 20_000),
    "whom a message calls": (mentions.called, 20_000),
    "a message drawn": (rendering.rendered, 20_000),
    "references in a message": (lambda text: list(cards._references(text)), 20_000),
    "files in a message": (lambda text: list(file_addresses._addresses(("http://localhost",)).finditer(text)), 20_000),
    "a message of a webhook": (lambda text: hooks._LINK.sub("", text), 20_000),
    "how a text begins": (markdown.excerpt, 50_000),
    "what a text mentions": (links.mentioned, 50_000),
    "a text on paper": (lambda text: data.parts(text, "en"), 20_000),
    "a file": (lambda text: sniff(text.encode()), 100_000),
    "the name of a file": (clean_name, 2_000),
    "a clean text": (lambda text: clean.clean_text(text, most=60_000), 20_000),
    "a clean line": (lambda text: clean.clean_line(text, most=60_000), 20_000),
    "folding": (fold.fold, 20_000),
    "stems": (lambda text: list(stem.words(text)), 20_000),
    "words for the search": (lambda text: vector.vector([("A", text)]), 20_000),
    "what is looked for": (vector.query, 200),
    "order of names": (sort.sort_key, 500),
    "lines of a checklist": (checklist.lines_in, 20_000),
    "fields of a letter": (placeholders.used, 20_000),
    "a letter filled in": (lambda text: placeholders.filled(text, {}), 20_000),
    "effort": (effort.minutes_in, 200),
}


def texts() -> Iterator[tuple[str, str]]:
    """What was written, by name: signs over and over, alone, before something else, and halves of two signs."""
    for sign in REPEATED:
        whole = sign * (100_000 // len(sign))
        yield sign, whole
        yield f"{sign}, then x", whole
    yield "spaces, then dashes", " " * 9_000 + "-" * 9_000
    yield "dashes, then spaces", "-" * 9_000 + " " * 9_000
    yield from HOSTILE.items()


TEXTS = list(texts())


class _NeverEnds(BaseException):
    pass


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """Stops what uses the processor longer, even in the middle of a pattern. What other tests left behind is not
    collected meanwhile: that took longer than a text may, and no stop comes out of it."""

    def stop(_signal: int, _frame: object) -> None:
        raise _NeverEnds

    gc.disable()
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        gc.enable()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_whatever_is_written_is_read_to_its_end(name):
    reads, most = FUNCTIONS[name]
    times, seconds = (A_PAGE, A_PAGE * A_LINE) if name in LINES else (1, SECONDS)
    endless = []
    for called, text in TEXTS:
        written = text[: most - 1] + ("x" if called.endswith("then x") or "spaces" in called else "")
        try:
            with given_up_after(seconds), suppress(Unclean, ValueError):
                for _line in range(times):
                    reads(written)
                if "@[" in written:
                    reads(written[: most - len(NEVER_ENDED)] + NEVER_ENDED)
        except _NeverEnds:
            endless.append(called)
    assert endless == []
