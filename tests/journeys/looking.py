"""Looking at a page as its readers would: does it fit, is it in their language, can it be used without a mouse."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
IBM = ROOT / "tests/browser/node_modules/accessibility-checker-engine/ace.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# What nobody translates: the product, keys, file kinds, identifiers.
KEPT = re.compile(
    r"\S+@\S+|collab audit verify"
    r"|\b(Collab|English|[Ee]mail|e-mail|Ctrl|Alt|Tab|Enter|Esc|Markdown|JavaScript|PDF|CSV|Excel|zip"
    r"|API|SMTP|RSS|URL|HTTP|https|Chrome|Chromium|Firefox|Safari|Linux|Windows|[A-Z]{2,}(?:-\d+)?)\b|Mozilla/.*"
)
LATIN = re.compile(r"[A-Za-z]{3,}")

# Text that was written by people, or is the name of something, stands in bdi or [dir=auto]; codes in code and kbd.
FOREIGN_WORDS = """() => {
  const silent = "script,noscript,style,template,title";
  const skipped = silent + ",bdi,[dir=auto],code,kbd,pre,[lang=en],option[lang],.avatar,time[lang]";
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    const said = walk.currentNode.textContent.trim();
    if (parent && !parent.closest(skipped) && parent.value?.replaceAll?.("_", " ") !== said) found.add(said);
  }
  for (const element of document.querySelectorAll("[aria-label],[title],[placeholder]"))
    for (const name of ["aria-label", "title", "placeholder"])
      if (element.hasAttribute(name) && !element.closest(skipped)) found.add(element.getAttribute(name).trim());
  return [...found].filter(Boolean);
}"""
WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return "";
  const out = [...document.body.querySelectorAll("*")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && (box.right > wide + 1 || box.left < -1) && !each.closest(".table-scroll,[popover],dialog");
  });
  return out.slice(0, 3).map((each) => each.tagName + "." + each.className).join(" ") || "something";
}"""

SETTLED = """async () => {
  const ends = (each) => Number.isFinite(each.effect?.getComputedTiming().endTime);
  await Promise.allSettled(document.getAnimations().filter(ends).map((each) => each.finished));
}"""


@cache
def axe_source() -> str:
    """axe-core, as npm brought it with the tools of the front end."""
    if not AXE.is_file():
        raise RuntimeError("axe-core is missing: run `npm ci` in frontend/ (make does).")
    return AXE.read_text()


@cache
def ibm_source() -> str:
    """IBM's accessibility-checker-engine, as `make nightly` fetches it."""
    if not IBM.is_file():
        raise RuntimeError(
            "accessibility-checker-engine is missing: run `npm ci` in tests/browser (make nightly does)."
        )
    return f"{IBM.read_text()};window.ace = ace"


def overflow(page: Page) -> str:
    """What stands out of the page to the side, or an empty text."""
    found: str = page.evaluate(WIDER)
    return found


def foreign_words(page: Page, names: set[str]) -> list[str]:
    """Texts of the interface that hold Latin words though the page is not in English. `names`: words of the data."""
    strange = []
    for said in page.evaluate(FOREIGN_WORDS):
        rest = KEPT.sub(" ", said)
        for name in sorted(names, key=len, reverse=True):
            rest = rest.replace(name, " ")
        if LATIN.search(rest):
            strange.append(said[:80])
    return strange


def barriers(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA: rule and first place.

    The whole page is on the screen meanwhile; what a fixed bar covers at one place of scrolling is no barrier.
    """
    size, height = page.viewport_size, page.evaluate("document.documentElement.scrollHeight")
    if size is not None:
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], height + 120)})
    # What fades in is judged once it stands: halfway its words are paler than they will be.
    page.evaluate(SETTLED)
    page.evaluate(axe_source())
    found: dict[str, Any] = page.evaluate(
        "(rules) => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]} ({each['nodes'][0].get('failureSummary', '')[:200]})"
        for each in found["violations"]
    ]


NOT_ASKED = {
    "aria_form_label_unique",  # a form without a name is no landmark, so two of them are not told apart by name
    "label_ref_valid", "label_content_exists",  # the field has a name itself; the label beside it is what is pressed
    "table_headers_related",  # a cell that holds nothing but the box to choose its row
    "fieldset_label_valid",  # of two groups with one name one is shown
    "input_autocomplete_valid",  # "username" is what keepers of passwords look for, a mail address or not
}  # fmt: skip
CHECKED = """async (not_asked) => {
  const report = await new ace.Checker().check(document, ["WCAG_2_2"]);
  return report.results
    .filter((each) => each.value[0] === "VIOLATION" && each.value[1] === "FAIL" && !not_asked.includes(each.ruleId))
    .map((each) => `${each.ruleId}: ${each.message} (${(each.snippet ?? "").slice(0, 160)})`);
}"""


def barriers_by_ibm(page: Page) -> list[str]:
    """What IBM's checker calls a violation of WCAG 2.2 for certain: rule, reason and place."""
    page.evaluate(ibm_source())
    # What is folded away is looked at too: closed, its labels count as not there.
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found: list[str] = page.evaluate(CHECKED, sorted(NOT_ASKED))
    return found
