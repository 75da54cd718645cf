"""The list of keys (`?`) tells every key there is, and nothing else."""

import re
from pathlib import Path

from collab.flows.package import package as flows

ROOT = Path(__file__).resolve().parents[2]
TOLD = (ROOT / "collab/web/templates/web/_shortcuts.html").read_text(encoding="utf-8")
MODULES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "frontend/src").glob("*.ts")))


def told() -> set[str]:
    """Keys as they are told, those of one after the other joined: "e", "m t", "Ctrl K"."""
    found: set[str] = set()
    for then, keys in re.findall(r"<dd( data-then)?>(.*?)</dd>", TOLD):
        names = re.findall(r"<kbd>(.*?)</kbd>", keys)
        found |= {f"{names[0]} {one}" for one in names[1:]} if then else set(names)
    return found


def in_templates() -> set[str]:
    """Letters of buttons and links on any page."""
    pages = [path for path in (ROOT / "collab").rglob("templates/**/*.html") if "style" not in path.parts]
    return {key for page in pages for key in re.findall(r'data-key="(\w)"', page.read_text(encoding="utf-8"))}


def in_modules() -> set[str]:
    """Keys that the modules of a page answer to by themselves, as people call them."""
    known = {
        'event.key === "/"': "/", 'toLowerCase() === "k"': "Ctrl K", 'event.key === "?"': "?", 'letter === "x"': "x",
        'letter === "j" || letter === "k"': "j k", 'event.key === "F2"': "F2", 'event.code === "KeyP" && event.altKey':
        "Ctrl Alt P", 'event.key !== "ArrowUp" || area.id': "↑", 'event.key !== "Enter" || !event.shiftKey': "Shift ⏎",
        'event.code === "KeyR"': "r", "event.ctrlKey || event.metaKey || (\"enter\"": "Ctrl ⏎", '"Escape"': "Esc",
    }  # fmt: skip
    found = {name for sign, name in known.items() if sign in MODULES}
    assert found == set(known.values()), "a module lost a key, or says it in other words"
    letters = set(re.findall(r'letter === "(\w)"', MODULES)) | {
        code.lower() for code in re.findall(r'event\.code === "Key(\w)"(?! && event\.altKey)', MODULES)
    }
    return letters | {one for name in found for one in ("jk" if name == "j k" else [name])}


def test_every_key_is_told_and_everything_told_is_a_key():
    acts = {f"m {act.key}" for act in flows.message_acts if act.key}
    board = {"Shift ←", "Shift →"}  # board.ts walks with any arrow
    assert "shiftKey" in (ROOT / "frontend/src/board.ts").read_text(encoding="utf-8")
    numbers = {"a 1", "a 9"}  # the choices of a dialog are numbered as they stand
    bound = in_templates() | in_modules() | acts | board | numbers | {"⏎"}
    assert told() - bound == set(), "told, and nothing answers to it"
    assert bound - told() - {"a"} == set(), "a key that is not told"
