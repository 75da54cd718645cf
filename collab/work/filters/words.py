"""The words of the query language in English, Greek and Persian. The first of each is the one that is written.

Words of all three languages are always understood, so that a query can be sent to a colleague who reads another.
They are compared folded: capitals, accents and the two Arabic keyboards make no difference.
"""

from collections.abc import Mapping
from typing import Final

Words = Mapping[str, tuple[str, ...]]


def said(en: str, el: str, fa: str) -> Words:
    """The words of one meaning, several of a language with spaces between them."""
    return {"en": tuple(en.split()), "el": tuple(el.split()), "fa": tuple(fa.split())}


AND: Final = said("AND", "ΚΑΙ", "و")
OR: Final = said("OR", "Ή", "یا")
NOT: Final = said("NOT", "ΟΧΙ", "نه")

ME: Final = said("me", "εγώ εμένα", "من")
MINE: Final = said("mine our my-units", "δική-μας μας δικές-μας", "ما واحد-من واحدهای-من")
NOBODY: Final = said("nobody", "κανείς κανένας", "هیچکس")
NONE: Final = said("none", "κανένα χωρίς", "هیچ بدون")
ANY: Final = said("any", "οποιοδήποτε όλα", "هر همه")
YES: Final = said("yes", "ναι", "بله آری")
NO: Final = said("no", "όχι", "خیر نه")

TODAY: Final = said("today", "σήμερα", "امروز")
TOMORROW: Final = said("tomorrow", "αύριο", "فردا")
YESTERDAY: Final = said("yesterday", "χθες χτες", "دیروز")
UNITS: Final = {
    "d": said("d day days", "η ημ ημέρα ημέρες μέρες", "روز ر"),
    "w": said("w week weeks", "ε εβδ εβδομάδα εβδομάδες", "هفته ه"),
    "m": said("m month months", "μ μήνα μήνας μήνες", "ماه م"),
    "y": said("y year years", "χ χρόνο έτος έτη", "سال س"),
}

FIELDS: Final = {
    "kind": said("kind type", "είδος", "نوع"),
    "state": said("state status", "κατάσταση", "وضعیت"),
    "holder": said("holder assignee", "χειριστής", "مسئول"),
    "unit": said("unit", "μονάδα", "واحد"),
    "desk": said("desk with", "γραφείο βρίσκεται", "میز نزد"),
    "label": said("label tag", "ετικέτα", "برچسب"),
    "text": said("text title", "κείμενο τίτλος", "متن عنوان"),
    "priority": said("priority", "προτεραιότητα", "اولویت"),
    "due": said("due deadline", "προθεσμία λήξη", "سررسید مهلت"),
    "start": said("start", "έναρξη", "آغاز شروع"),
    "created": said("created", "δημιουργία δημιουργήθηκε", "ایجاد"),
    "changed": said("changed updated", "αλλαγή άλλαξε", "تغییر"),
    "closed": said("closed finished", "έκλεισε περαίωση", "پایان"),
    "overdue": said("overdue late", "εκπρόθεσμη εκπρόθεσμο εκπρόθεσμες", "دیرکرد معوق"),
    "lapsed": said("lapsed brought-up", "ανέβηκε", "بالاآمده"),
    "clock": said("clock", "ρολόι χρόνος", "ساعت زمان"),
    "age": said("age", "ηλικία", "عمر سن"),
    "reference": said("reference ref", "κωδικός αναφορά", "شناسه ارجاع"),
    "parent": said("parent part-of", "γονική μέρος", "مادر بخشی-از"),
    "awaited": said("awaited waits-for", "αναμένεται περιμένει", "منتظر چشم-به-راه"),
    "asked-by": said("asked-by asker", "ζήτησε ζητά", "خواهنده پرسنده"),
    "offered": said("offered offered-to", "διαβιβάζεται προσφέρεται", "ارجاع-شده پیشنهاد"),
    "creator": said("creator author", "δημιουργός", "سازنده"),
    "watcher": said("watcher", "παρακολουθεί", "پیگیر"),
}

STATES: Final = {
    "new": said("new", "νέα νέο", "تازه جدید"),
    "active": said("active", "ενεργή σε-εξέλιξη", "فعال جاری"),
    "waiting": said("waiting", "αναμονή σε-αναμονή", "انتظار در-انتظار"),
    "done": said("done", "ολοκληρωμένη έγινε", "انجام-شده انجام"),
    "cancelled": said("cancelled canceled", "ακυρωμένη άκυρη", "لغو-شده لغو"),
    "open": said("open", "ανοιχτή ανοικτή ανοιχτές", "باز"),
    "closed": said("closed", "κλειστή κλειστές", "بسته"),
    "any": ANY,
}
PRIORITIES: Final = {
    "none": said("none", "καμία χωρίς", "بدون هیچ"),
    "low": said("low", "χαμηλή", "کم پایین"),
    "medium": said("medium normal", "μέτρια μεσαία", "متوسط"),
    "high": said("high", "υψηλή", "زیاد بالا"),
    "urgent": said("urgent", "επείγουσα επείγον", "فوری"),
}
KINDS: Final = {
    "task": said("task tasks", "εργασία εργασίες", "وظیفه"),
    "pending": said("pending pending-item", "εκκρεμότητα εκκρεμότητες", "معلق"),
    "decision": said("decision decisions", "απόφαση αποφάσεις", "تصمیم"),
    "meeting": said("meeting meetings", "συνεδρίαση συνεδριάσεις", "جلسه"),
}
CLOCKS: Final = {
    "stopped": said("stopped", "σταματημένο σταματημένος", "ایستاده"),
    "running": said("running", "τρέχει", "روان"),
}
FLAGS: Final = {"yes": YES, "no": NO}
DAYS: Final = {"today": TODAY, "tomorrow": TOMORROW, "yesterday": YESTERDAY}
