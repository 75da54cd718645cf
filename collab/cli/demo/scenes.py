"""What the people of the sample sign-ins find on their desks this very morning."""

# One row a line reads better than a line length here.
# ruff: noqa: E501

from collections.abc import Iterator
from datetime import timedelta

from . import house, phrases
from .matters import LAW, Matter
from .plots import Story
from .world import World

PINE = Matter("PARKS", "en", "Permit to fell a pine, 3 Analipseos St", "The owner asks to fell a pine that leans over the yard.",
              labels=("trees", "permits"), days=50, basis=LAW)  # fmt: skip
BRANCHES = Matter(
    "PARKS",
    "en",
    "Fallen branches, 12 Kountouri St",
    "Two big branches over the wall of the school.",
    labels=("storm",),
)
BENCHES = Matter("PARKS", "en", "Benches for the square", "Eight benches, shade wanted.", kind="task")
SHADE = Matter(
    "PARKS", "en", "Shade of the playgrounds, list for the funding office", kind="task", labels=("playgrounds",)
)
LICENCE = Matter(
    "ROADS", "en", "Pavement licence, 88 Limaniou St", "Tables beside the tree pits.", labels=("licences",)
)
LEASE = Matter("LEGAL", "el", "Σύμβαση για το κυλικείο του πάρκου", "Λήγει στο τέλος του έτους.", kind="task")
GARDENS = Matter("PLAN", "en", "Playgrounds 2027", "Seven playgrounds, one application.", kind="task", labels=("ESPA",))
TENDER = Matter("PLAN", "en", "Draft of the tender documents", "Technical description and sums.", kind="task")
IDEAS = Matter(
    "ADMIN", "fa", "گردآوری پیشنهادهای پاییز", "یازده پیشنهاد تازه رسیده است.", kind="task", labels=("پیشنهادها",)
)
ANSWERS = Matter("ADMIN", "fa", "پاسخ به نویسنده پیشنهاد «آبیاری شبانه»", "نظر اداره فضای سبز لازم است.", kind="task")
BACKUP = Matter("IT", "en", "Restore drill, autumn", "Restore last night's backup into an empty place and compare.",
                kind="task", labels=("security",))  # fmt: skip
AUDIT = Matter("FINANCE", "fa", "نمونه‌برداری از پرداخت‌های سه‌ماهه", "بیست پرداخت به انتخاب تصادفی.", kind="task")


def scenes(world: World) -> Iterator[tuple[int, Story]]:
    """(working days ago, story)."""
    yield 23, _pine(world)
    yield 3, _branches(world)
    yield 1, _benches(world)
    yield 2, _licence(world)
    yield 6, _lease(world)
    yield 9, _playgrounds(world)
    yield 4, _ideas(world)
    yield 5, _drill(world)
    yield 7, _sample(world)
    for who, substitute, first, last, note in house.AWAY:
        yield (
            world.days.between(world.today + timedelta(days=first - 4), world.today),
            _away(world, who, substitute, first, last, note),
        )


def _away(world: World, who: str, substitute: str, first: int, last: int, note: str) -> Story:
    days = world.today + timedelta(days=first), world.today + timedelta(days=last)
    world.go_away(who, *days, substitute, note)
    yield from ()


def _pine(world: World) -> Story:
    """Parks, Legal, the forester, Legal again: the bar of many segments."""
    item = world.create(PINE, "markou", PINE.title, None, "markou")
    yield 2
    world.say(item, "markou", "The trunk measures 48 cm. @pappas do we need the forester?")
    yield 1
    world.say(item, "pappas", "Above 40 we do. @kosta will know the form.")
    offer = world.offer(item, "markou", "LEGAL", "Opinion before we answer, please.")
    yield 1
    world.accept(item, offer, "kosta")
    yield 2
    wait = world.ask(
        item, "kosta", "forestry", "Does the pine stand in the protected strip?", stops_clock=True, until=10
    )
    yield 8
    world.answer(item, "kosta", wait, "It does not. The Forestry Office agrees, on condition that two are planted.")
    yield 2
    world.say(item, "kosta", "Draft of the answer is ready. @markou which species will you plant?")


def _branches(world: World) -> Story:
    item = world.create(BRANCHES, "pappas", BRANCHES.title, 3, None)
    yield 0.2
    world.assign(item, "pappas", "markou")
    yield 0.3
    world.say(item, "pappas", "@markou the residents have called twice; today if you can.")
    yield 1
    world.steps(item, "markou", "[x] Close the pavement\n[x] Book the crane\nCut and load\nSweep\nTell the residents")
    world.say(item, "markou", "The crane is free at one o'clock.")


def _benches(world: World) -> Story:
    item = world.create(BENCHES, "markou", BENCHES.title, 1, "markou")
    yield 0.2
    world.ask(item, "markou", "BUY", "Which bench is on the framework contract?", until=4)
    yield 0.2
    world.say(item, "markou", "@pappas oak or plane trees beside them?")


def _licence(world: World) -> Story:
    """Lies before Parks to be accepted."""
    item = world.create(LICENCE, "lekka", LICENCE.title, 6, "lekka")
    yield 1
    world.say(item, "lekka", "The roots lift the slabs. @markou this is more yours than ours.")
    world.offer(item, "lekka", "PARKS", "The tree pits decide here.")


def _lease(world: World) -> Story:
    item = world.create(LEASE, "rigas", LEASE.title, 8, "kosta")
    yield 1
    world.ask(item, "kosta", "PARKS", "Πόσα τετραγωνικά χρησιμοποιεί σήμερα το κυλικείο;", until=3)
    world.steps(item, "kosta", "[x] Παλιά σύμβαση\nΤετραγωνικά\nΝέο μίσθωμα")
    yield 2
    world.say(item, "rigas", "Χρειάζεται ως την Παρασκευή. @markou μπορείτε να το μετρήσετε;")


def _playgrounds(world: World) -> Story:
    """A task that waits for another one."""
    item = world.create(GARDENS, "ergou", GARDENS.title, 20, "ergou")
    yield 1
    draft = world.create(TENDER, "ergou", TENDER.title, 6, "espas")
    yield 0.2
    world.wait_for(item, "ergou", draft, phrases.AFTER["en"])
    yield 1
    shade = world.create(SHADE, "pappas", SHADE.title, 4, "markou")
    world.say(shade, "pappas", "@ergou asked for this one.")
    yield 0.2
    world.say(shade, "ergou", "The office wants square metres of shade at noon. @markou")
    yield 2
    world.ask(item, "ergou", "FINANCE", "Is the town's own share in next year's budget?", until=5)
    yield 1
    world.say(item, "espas", "Σχέδιο στο ογδόντα τοις εκατό. @ergou λείπουν μόνο τα ποσά.")


def _ideas(world: World) -> Story:
    item = world.create(IDEAS, "moradi", IDEAS.title, 2, "moradi")
    yield 1
    world.say(item, "moradi", "سه پیشنهاد درباره آبیاری است. @amini لطفاً نگاهی بیندازید.")
    world.steps(item, "moradi", "[x] دسته‌بندی\nشماره‌گذاری\nفرستادن برای کارشناسان")
    yield 0.3
    answer = world.create(ANSWERS, "simou", ANSWERS.title, 5, "moradi")
    yield 1
    world.ask(answer, "moradi", "PARKS", "آیا شیرهای زمان‌دار در دسترس است؟", until=5)


def _drill(world: World) -> Story:
    item = world.create(BACKUP, "fotiou", BACKUP.title, 4, "fotiou")
    yield 2
    world.say(item, "netas", "The copy of last night is 38 GB; two hours at least. @fotiou Thursday evening?")


def _sample(world: World) -> Story:
    item = world.create(AUDIT, "chrysa", AUDIT.title, 9, "ahmadi")
    yield 2
    world.say(item, "ahmadi", "فهرست آماده است؛ هفت پرداخت از اداره معابر. @sadri صورت‌جلسه‌ها را بفرستید.")
