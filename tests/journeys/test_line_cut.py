"""A page behind a line that is really cut, again and again: nothing is lost, nothing comes twice, the order is one."""

import itertools
import os
import random
import subprocess
import threading

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post, put_sign
from collab.messaging.forms import NewConversation, Say
from tests.machine.copies import soon
from tests.messaging.cutting import Line

from .conftest import FLAGS
from .people import Visitor
from .stack import ROOT

CUTS = 10 if os.environ.get("COLLAB_NIGHTLY") else 2


@pytest.fixture
def behind(stack, browser, template, seated):
    """`behind("Eleni")`: somebody whose browser reaches Collab through a line of their own, and that line."""
    port = stack.url.rpartition(":")[2]
    line = Line(int(port))
    found = subprocess.run([ROOT / "bin/chromium"], capture_output=True, text=True, check=True).stdout.strip()
    led = f"--host-resolver-rules=MAP localhost:{port} 127.0.0.1:{line.port}"
    hers = browser.browser_type.launch(executable_path=found, args=[*FLAGS, led])
    yield lambda name: (Visitor.arrives(hers, stack.url, template, name, "en", 1280, "light", seated), line)
    hers.close()
    line.end()


def lines_of(visitor):
    """How many lines were opened so far."""
    return sum(frame.startswith("40{") for frame in visitor.heard)


def test_a_page_whose_line_is_cut_again_and_again_has_every_message_once_and_in_one_order(
    behind, visitor, acting, template
):
    talk = acting(open_conversation, "Nikos", NewConversation(title="Flood", members=[template.Eleni]))
    eleni, line = behind("Eleni")
    page = eleni.comes_to(f"/conversations/{talk}").page
    nikos = visitor("Nikos").comes_to(f"/conversations/{talk}").page
    eleni.marks_the_page()
    said, lost = page.locator("#talk-messages .message-text"), page.locator("#offline [data-offline]")
    whole = nikos.locator("#talk-messages .message-text")
    texts = ["The river rises"]
    first = acting(post, "Nikos", talk, Say(text=texts[0], nonce="cut-0"))["id"]
    expect(said).to_have_text(texts)
    for cut in range(CUTS):
        opened = lines_of(eleni)
        away = threading.Thread(target=line.cut, args=(random.uniform(1.0, 3.5),))
        away.start()
        if cut % 2:  # every second time nothing of hers asks for what she missed but that the line is back
            texts.append(f"Eleni {cut}")
            page.locator("#talk-text").fill(texts[-1])
            page.locator("#talk-text").press("Control+Enter")
        for number in itertools.count():
            texts.append(f"Nikos {cut}.{number}")
            acting(post, "Nikos", talk, Say(text=texts[-1], nonce=f"cut-{cut}-{number}"))
            page.wait_for_timeout(300)
            if not away.is_alive():
                break
        expect(whole).to_have_count(len(texts))
        expect(said).to_have_text(whole.all_inner_texts())
        assert soon(lambda opened=opened: page.wait_for_timeout(50) or lines_of(eleni) > opened, 60), "a line was cut"
    acting(put_sign, "Nikos", first, "done")
    assert sorted(whole.all_inner_texts()) == sorted(texts)
    expect(page.locator(".message-waiting")).to_have_count(0)
    expect(lost).to_be_hidden()
    assert eleni.page_was_never_reloaded
