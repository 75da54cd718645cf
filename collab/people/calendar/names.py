"""Names of holidays in English, Greek and Persian, keyed by the English name of the library `holidays`.

The library names Greek holidays in Greek and Iranian ones in Persian, never the other way round, and sorts
several names of one day differently in each language; so all three names stand here side by side.
"""

from typing import Final

from collab.core.i18n import listed

OBSERVED: Final = " (observed)"
ESTIMATED: Final = " (estimated)"
_REMARKS: Final = {
    OBSERVED: {"en": " (moved)", "el": " (μεταφέρεται)", "fa": " (جابه‌جا شده)"},
    ESTIMATED: {"en": " (estimated)", "el": " (κατ’ εκτίμηση)", "fa": " (تخمینی)"},
}

_TABLE: Final = """
New Year's Day | New Year’s Day | Πρωτοχρονιά | آغاز سال میلادی
Epiphany | Epiphany | Θεοφάνεια | عید تجلی مسیح
Green Monday | Clean Monday | Καθαρά Δευτέρα | دوشنبهٔ پاک
Independence Day | Independence Day | 25η Μαρτίου (Εθνική Εορτή) | روز استقلال یونان
Good Friday | Good Friday | Μεγάλη Παρασκευή | جمعهٔ نیک
Easter Monday | Easter Monday | Δευτέρα του Πάσχα | دوشنبهٔ عید پاک
Labor Day | Labour Day | Εργατική Πρωτομαγιά | روز کارگر
Pentecost Monday | Monday of the Holy Spirit | Δευτέρα του Αγίου Πνεύματος | دوشنبهٔ روح‌القدس
Dormition of the Mother of God | Dormition of the Mother of God | Κοίμηση της Θεοτόκου | رحلت مریم مقدس
Ohi Day | Ohi Day | 28η Οκτωβρίου (Επέτειος του Όχι) | روز «نه» در یونان
Christmas Day | Christmas Day | Χριστούγεννα | کریسمس
Glorifying Mother of God | Synaxis of the Mother of God | Σύναξη της Υπεραγίας Θεοτόκου | بزرگداشت مریم مقدس
15 Khordad Uprising | 15 Khordad Uprising | Εξέγερση της 15ης Χορντάντ | قیام ۱۵ خرداد
Arbaeen | Arbaeen | Αρμπαΐν | اربعین حسینی
Ashura | Ashura | Ασούρα | عاشورای حسینی
Birthday of Imam Ali | Birthday of Imam Ali | Γέννηση του ιμάμη Αλί | ولادت امام علی (ع) و روز پدر
Birthday of Mahdi | Birthday of Mahdi | Γέννηση του Μαχντί | نیمهٔ شعبان، ولادت حضرت قائم (عج)
Death of Imam Khomeini | Death of Imam Khomeini | Θάνατος του ιμάμη Χομεϊνί | رحلت امام خمینی
Eid al-Adha | Eid al-Adha | Εΐντ αλ-Άντχα | عید سعید قربان
Eid al-Fitr | Eid al-Fitr | Εΐντ αλ-Φιτρ | عید سعید فطر
Eid al-Fitr Holiday | Eid al-Fitr Holiday | Αργία του Εΐντ αλ-Φιτρ | تعطیل به مناسبت عید سعید فطر
Eid al-Ghadir | Eid al-Ghadir | Εΐντ αλ-Γαντίρ | عید سعید غدیر خم
Islamic Republic Day | Islamic Republic Day | Ημέρα της Ισλαμικής Δημοκρατίας | روز جمهوری اسلامی
Islamic Revolution Day | Islamic Revolution Day | Ημέρα της Ισλαμικής Επανάστασης | پیروزی انقلاب اسلامی
Isra' and Mi'raj | Isra’ and Mi’raj | Ισρά και Μιράτζ | مبعث رسول اکرم (ص)
Last Day of Year | Last Day of Year | Τελευταία ημέρα του περσικού έτους | آخرین روز سال
Martyrdom of Ali al-Rida | Martyrdom of Ali al-Rida | Μαρτύριο του Αλί αλ-Ριντά | شهادت امام رضا (ع)
Martyrdom of Fatima | Martyrdom of Fatima | Μαρτύριο της Φατιμά | شهادت حضرت فاطمهٔ زهرا (س)
Martyrdom of Imam Ali | Martyrdom of Imam Ali | Μαρτύριο του ιμάμη Αλί | شهادت حضرت علی (ع)
Nature's Day | Nature’s Day | Ημέρα της φύσης | روز طبیعت
Nowruz | Nowruz | Νορούζ | جشن نوروز
Nowruz Holiday | Nowruz Holiday | Αργία του Νορούζ | عید نوروز
Public Holiday | Public Holiday | Δημόσια αργία | تعطیلی عمومی
Tasua | Tasua | Τασούα | تاسوعای حسینی
"""
_LONG: Final = {
    "Birthday of Muhammad and Imam Ja'far al-Sadiq": (
        "Birthday of Muhammad and Imam Ja’far al-Sadiq",
        "Γέννηση του Μωάμεθ και του ιμάμη Τζαφάρ αλ-Σαντίκ",
        "میلاد رسول اکرم (ص) و امام جعفر صادق (ع)",
    ),
    "Death of Prophet Muhammad and Martyrdom of Hasan ibn Ali": (
        "Death of Prophet Muhammad and Martyrdom of Hasan ibn Ali",
        "Θάνατος του προφήτη Μωάμεθ και μαρτύριο του Χασάν ιμπν Αλί",
        "رحلت رسول اکرم (ص) و شهادت امام حسن مجتبی (ع)",
    ),
    "Iranian Oil Industry Nationalization Day": (
        "Oil Industry Nationalisation Day",
        "Ημέρα εθνικοποίησης του πετρελαίου",
        "روز ملی شدن صنعت نفت ایران",
    ),
    "Martyrdom of Hasan al-Askari": (
        "Martyrdom of Hasan al-Askari",
        "Μαρτύριο του Χασάν αλ-Ασκαρί",
        "شهادت امام حسن عسکری (ع)",
    ),
    "Martyrdom of Imam Ja'far al-Sadiq": (
        "Martyrdom of Imam Ja’far al-Sadiq",
        "Μαρτύριο του ιμάμη Τζαφάρ αλ-Σαντίκ",
        "شهادت امام جعفر صادق (ع)",
    ),
}


def _rows() -> dict[str, tuple[str, str, str]]:
    rows = {}
    for line in _TABLE.strip().splitlines():
        key, english, greek, persian = line.split(" | ")
        rows[key] = (english, greek, persian)
    return rows | _LONG


NAMES: Final = _rows()


def named(english: str) -> dict[str, str]:
    """Locale → name of the holiday the library calls `english`; an unknown one keeps its English name."""
    remark = next((remark for remark in _REMARKS if english.endswith(remark)), "")
    bare = english.removesuffix(remark)
    names = dict(zip(("en", "el", "fa"), NAMES.get(bare, (bare, bare, bare)), strict=True))
    return {code: name + _REMARKS[remark][code] for code, name in names.items()} if remark else names


_ANY: Final = {name: english for english, names in NAMES.items() for name in names}


def renamed(stored: str, locale: str) -> str:
    """The name of a holiday as a calendar keeps it (in the language of the organisation, several with commas between
    them), in another language; a name of somebody's own stays."""
    parts = stored.replace("، ", ", ").split(", ")
    return listed((_renamed(part, locale) for part in parts), locale)


def _renamed(name: str, locale: str) -> str:
    for english, remark in _REMARKS.items():
        for said in remark.values():
            if name.endswith(said) and name.removesuffix(said) in _ANY:
                return named(_ANY[name.removesuffix(said)] + english)[locale]
    return named(_ANY[name])[locale] if name in _ANY else name
