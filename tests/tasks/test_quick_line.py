"""A line of words, as one would say it, and what is understood of it. Wednesday is 25 November 2026."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collab.tasks.quick import Today, printed, read
from collab.tasks.recurring import to_text

WEDNESDAY = date(2026, 11, 25)
HERE = Today(WEDNESDAY)
IN_IRAN = Today(WEDNESDAY, "jalali")


@pytest.mark.parametrize(
    ("line", "title", "due"),
    [
        ("call Forestry tomorrow", "call Forestry", date(2026, 11, 26)),
        ("call Forestry today", "call Forestry", WEDNESDAY),
        ("call Forestry Friday", "call Forestry", date(2026, 11, 27)),
        ("call Forestry this Fri", "call Forestry", date(2026, 11, 27)),
        ("call Forestry next Fri", "call Forestry", date(2026, 12, 4)),
        ("Wednesday: call Forestry", "call Forestry", date(2026, 12, 2)),
        ("by Friday, answer the council", "answer the council", date(2026, 11, 27)),
        ("inspect in 3 days", "inspect", date(2026, 11, 28)),
        ("inspect in a week", "inspect", date(2026, 12, 2)),
        ("plan next week", "plan", date(2026, 11, 30)),
        ("accounts end of the month", "accounts", date(2026, 11, 30)),
        ("report Nov 27", "report", date(2026, 11, 27)),
        ("report on 27/11", "report", date(2026, 11, 27)),
        ("report 5.3.2027", "report", date(2027, 3, 5)),
        ("close the year Feb 29", "close the year", date(2028, 2, 29)),
        ("τηλέφωνο στο Δασαρχείο αύριο", "τηλέφωνο στο Δασαρχείο", date(2026, 11, 26)),
        ("ΤΗΛΕΦΩΝΟ ΜΕΘΑΥΡΙΟ", "ΤΗΛΕΦΩΝΟ", date(2026, 11, 27)),
        ("Broken bench at the harbour, before friday", "Broken bench at the harbour", date(2026, 11, 27)),
        ("answer due on Friday", "answer", date(2026, 11, 27)),
        ("answer till tomorrow", "answer", date(2026, 11, 26)),
        ("look at it before lunch Friday", "look at it before lunch", date(2026, 11, 27)),
        ("look at it the other day, before Friday", "look at it the other day", date(2026, 11, 27)),
        ("report before the end of the month", "report", date(2026, 11, 30)),
        ("report by the end of the year", "report", date(2026, 12, 31)),
        ("answer the day before Friday or on Monday", "answer the day before Friday or", date(2026, 11, 30)),
        ("παράδοση πριν το τέλος του μήνα", "παράδοση", date(2026, 11, 30)),
        ("پاسخ روز جمعه", "پاسخ", date(2026, 11, 27)),
        ("παράδοση πριν την Παρασκευή", "παράδοση", date(2026, 11, 27)),
        ("παράδοση πριν από την Παρασκευή", "παράδοση", date(2026, 11, 27)),
        ("παράδοση μέχρι στις 27/11", "παράδοση", date(2026, 11, 27)),
        ("پاسخ پیش از جمعه", "پاسخ", date(2026, 11, 27)),
        ("پاسخ قبل از فردا", "پاسخ", date(2026, 11, 26)),
        ("παράδοση έως την Παρασκευή", "παράδοση", date(2026, 11, 27)),
        ("συνάντηση την επόμενη Δευτέρα", "συνάντηση", date(2026, 11, 30)),
        ("έλεγχος σε τρεις εβδομάδες", "έλεγχος", date(2026, 12, 16)),
        ("έργο 27 Νοεμβρίου 2027", "έργο", date(2027, 11, 27)),
        ("κλείσιμο τέλος του μήνα", "κλείσιμο", date(2026, 11, 30)),
        ("تماس با جنگل‌داری فردا", "تماس با جنگل‌داری", date(2026, 11, 26)),
        ("جلسه پس فردا", "جلسه", date(2026, 11, 27)),
        ("جلسه سه‌شنبه", "جلسه", date(2026, 12, 1)),
        ("جلسه سه شنبه", "جلسه", date(2026, 12, 1)),
        ("گزارش ۶ آذر", "گزارش", date(2026, 11, 27)),
        ("گزارش ۱۴۰۵/۹/۶", "گزارش", date(2026, 11, 27)),
        ("بازدید سه روز دیگر", "بازدید", date(2026, 11, 28)),
        ("بستن حساب ۳۰ اسفند", "بستن حساب", date(2030, 3, 20)),
    ],
)  # fmt: skip
def test_days_are_understood_in_three_languages(line, title, due):
    said = read(line, HERE)
    assert (said.title, said.due) == (title, due)


def test_months_and_weeks_are_counted_in_the_writers_calendar():
    assert read("پایان ماه", IN_IRAN).due == date(2026, 12, 21)
    assert read("گزارش تا ۹/۶", IN_IRAN).due == date(2026, 11, 27)
    assert read("جلسه هفته بعد", IN_IRAN).due == date(2026, 11, 28)


@pytest.mark.parametrize(
    "line",
    [
        "3/4 of the trees", "the sun and the sea", "may we go?", "31 April", "29 February 2027", "call 2310 555 666",
        "write to maria@city.example", "the #3 of the list", "C++ course +30", "!", "@", "# and ^ and +", "!soon",
        "do it the day before Friday", "do it 2 days before Friday", "a week before 27/11/2026",
        "the week before next Friday",
        "2 working days before the end of the month", "the day before the Friday", "την ημέρα πριν την Παρασκευή",
        "2 μέρες πριν από την Παρασκευή", "μια εβδομάδα πριν από τις 27/11/2026", "3 εργάσιμες πριν την Παρασκευή",
        "یک روز پیش از جمعه", "کار در روز قبل از جمعه", "هفته قبل از جمعه", "سه روز کاری پیش از جمعه",
        "in three", "next", "end of the world", "read «Αύριο» by somebody", "“Tomorrow” is a song",
    ],
)  # fmt: skip
def test_what_is_not_surely_meant_stays_a_word(line):
    said = read(line, HERE)
    assert (said.title, said.pieces) == (line, ())


@pytest.mark.parametrize(
    ("line", "title", "rule", "mode", "first"),
    [
        ("water the trees every Monday", "water the trees", "FREQ=WEEKLY;BYDAY=MO", "on-date", (11, 30)),
        ("round every Mon and Thursday", "round", "FREQ=WEEKLY;BYDAY=MO,TH", "on-date", (11, 26)),
        ("report every other week", "report", "FREQ=WEEKLY;INTERVAL=2", "on-date", (11, 25)),
        ("report every 2 weeks on Tue, Fri", "report", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", "on-date", (11, 27)),
        ("check every 3 days when done", "check", "FREQ=DAILY;INTERVAL=3", "on-done", (11, 25)),
        ("pay monthly on the 1st #rent", "pay", "FREQ=MONTHLY;BYMONTHDAY=1", "on-date", (12, 1)),
        ("first Monday of each month: council", "council", "FREQ=MONTHLY;BYDAY=1MO", "on-date", (12, 7)),
        ("accounts on the last day of every month", "accounts", "FREQ=MONTHLY;BYMONTHDAY=-1", "on-date", (11, 30)),
        ("open every working day", "open", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "on-date", (11, 25)),
        ("ask every day until 4/12/2026", "ask", "FREQ=DAILY;UNTIL=20261204", "on-date", (11, 25)),
        ("update the list weekly", "update the list", "FREQ=WEEKLY", "on-date", (11, 25)),
        ("water the trees on Mondays", "water the trees", "FREQ=WEEKLY;BYDAY=MO", "on-date", (11, 30)),
        ("round Mondays and Thursdays", "round", "FREQ=WEEKLY;BYDAY=MO,TH", "on-date", (11, 26)),
        ("πότισμα τις Δευτέρες και τις Πέμπτες", "πότισμα", "FREQ=WEEKLY;BYDAY=MO,TH", "on-date", (11, 26)),
        ("έλεγχος τα Σάββατα", "έλεγχος", "FREQ=WEEKLY;BYDAY=SA", "on-date", (11, 28)),
        ("آبیاری دوشنبه‌ها", "آبیاری", "FREQ=WEEKLY;BYDAY=MO", "on-date", (11, 30)),
        ("آبیاری روزهای سه شنبه ها و پنجشنبه‌ها", "آبیاری", "FREQ=WEEKLY;BYDAY=TU,TH", "on-date", (11, 26)),
        ("πότισμα κάθε Δευτέρα", "πότισμα", "FREQ=WEEKLY;BYDAY=MO", "on-date", (11, 30)),
        ("ΠΟΤΙΣΜΑ ΚΑΘΕ ΔΕΥΤΕΡΑ ΚΑΙ ΠΕΜΠΤΗ", "ΠΟΤΙΣΜΑ", "FREQ=WEEKLY;BYDAY=MO,TH", "on-date", (11, 26)),
        ("αναφορά κάθε δεύτερη εβδομάδα", "αναφορά", "FREQ=WEEKLY;INTERVAL=2", "on-date", (11, 25)),
        ("πληρωμή στις 15 κάθε μήνα", "πληρωμή", "FREQ=MONTHLY;BYMONTHDAY=15", "on-date", (12, 15)),
        ("κάθε πρώτη Δευτέρα του μήνα συνέλευση", "συνέλευση", "FREQ=MONTHLY;BYDAY=1MO", "on-date", (12, 7)),
        ("έλεγχος κάθε 3 μέρες μετά την ολοκλήρωση", "έλεγχος", "FREQ=DAILY;INTERVAL=3", "on-done", (11, 25)),
        ("آبیاری هر دوشنبه", "آبیاری", "FREQ=WEEKLY;BYDAY=MO", "on-date", (11, 30)),
        ("آبیاری هر سه شنبه و پنج شنبه", "آبیاری", "FREQ=WEEKLY;BYDAY=TU,TH", "on-date", (11, 26)),
        ("گزارش هر دو هفته", "گزارش", "FREQ=WEEKLY;INTERVAL=2", "on-date", (11, 25)),
        ("جلسه یک هفته در میان", "جلسه", "FREQ=WEEKLY;INTERVAL=2", "on-date", (11, 25)),
        ("بازدید هر ۳ روز پس از انجام", "بازدید", "FREQ=DAILY;INTERVAL=3", "on-done", (11, 25)),
    ],
)  # fmt: skip
def test_what_comes_again_is_understood_in_three_languages(line, title, rule, mode, first):
    said = read(line, HERE)
    assert (said.title, to_text(said.repeat.rule), said.repeat.mode) == (title, rule, mode)
    assert said.repeat.first(WEDNESDAY) == date(2026, *first)


def test_what_comes_again_by_the_month_follows_the_writers_calendar():
    said = read("اول هر ماه گزارش", IN_IRAN)
    assert (said.title, to_text(said.repeat.rule)) == ("گزارش", "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=1")
    assert said.repeat.first(WEDNESDAY) == date(2026, 12, 22)
    assert read("بازدید هر سال ۱ فروردین", HERE).repeat.first(WEDNESDAY) == date(2027, 3, 21)


@pytest.mark.parametrize(
    "line",
    [
        "write the monthly report", "گزارش ماهانه", "μηνιαία έκθεση", "every tree of the street",
        "every 500 weeks of it", 'every "Monday"', "buy each of them", "κάθε δέντρο της πλατείας", "هر درخت خیابان",
        "5 daily papers", "τρίτες προσφορές",
    ],
)  # fmt: skip
def test_words_that_only_sound_like_repetition_stay_in_the_title(line):
    said = read(line, HERE)
    assert (said.title.replace('"', ""), said.repeat) == (line.replace('"', ""), None)


def test_a_day_and_a_time_beside_repetition_are_understood_and_a_second_one_stays():
    said = read("tomorrow water every Monday at 9", HERE)
    assert (said.title, said.due, said.value("time").hour) == ("water", date(2026, 11, 26), 9)
    assert read("water every day, feed every Monday", HERE).title == "water feed every Monday"


def test_signs_say_the_rest():
    said = read("call Forestry next Fri !high @maria_lekka #storm #trees +roads ^parks-214", HERE)
    assert said.title == "call Forestry"
    assert said.value("priority") == 3
    assert said.value("holder") == "maria lekka"
    assert said.labels == ("storm", "trees")
    assert (said.value("unit"), said.value("parent")) == ("ROADS", "PARKS-214")


@pytest.mark.parametrize(("word", "priority"), [("!επείγον", 4), ("!υψηλή", 3), ("!فوری", 4), ("!کم", 1), ("!LOW", 1)])
def test_priorities_are_understood_in_three_languages(word, priority):
    assert read(f"x {word}", HERE).value("priority") == priority


def test_each_piece_knows_its_place():
    line = "call 🌳 Forestry next Fri !high"
    assert [line[piece.start : piece.end] for piece in read(line, HERE).pieces] == ["next Fri", "!high"]


def test_of_two_dates_the_first_is_meant_and_the_second_stays():
    assert read("today tell them: tomorrow", HERE).title == "tell them: tomorrow"


def test_quotes_keep_words_from_being_understood_and_are_dropped_where_they_did():
    assert read('call "tomorrow" people', HERE).title == "call tomorrow people"
    assert read('read "War and Peace" tomorrow', HERE).title == 'read "War and Peace"'
    assert read('a "next Friday', HERE).due == date(2026, 11, 27), "one quote alone keeps nothing"


SAID = (
    'call tomorrow next Friday in 3 days «αύριο» "tomorrow" " "x y" @maria @maria_lekka #storm !high !x '
    "^PARKS-7 +ROADS 27/11/2026 by on the Nov 27 2027 every κάθε هر Monday and αύριο την άλλη Δευτέρα σε τρεις μέρες "
    "week 2 weeks month first last of monthly daily until times when done ήμερα μήνα πρώτη του ماه هفته در میان اول "
    "فردا سه شنبه ۶ آذر بعد روز دیگر , ; 🌳"
)
WORDS = st.sampled_from(SAID.split(" "))
LINES = st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=60))


@settings(max_examples=300, deadline=None)
@given(line=LINES, today=st.sampled_from([HERE, IN_IRAN, Today(date(2028, 2, 29)), Today(date(2026, 12, 31))]))
def test_nothing_of_a_line_is_ever_lost(line, today):
    said = read(line, today)
    left, at = "", 0
    for piece in said.pieces:
        assert at <= piece.start < piece.end <= len(line)
        left, at = left + line[at : piece.start], piece.end
    left += line[at:]
    if said.pieces and not line[at:].strip():
        left = left.rstrip(" ,،")  # a comma that only led to the last piece goes with it
    assert "".join(said.title.split()).replace('"', "") == "".join(left.split()).replace('"', "")


@settings(max_examples=300, deadline=None)
@given(line=LINES, today=st.sampled_from([HERE, IN_IRAN, Today(date(2028, 2, 29))]))
def test_a_line_written_out_again_reads_the_same(line, today):
    said = read(line, today)
    again = read(printed(said, today), today)
    assert (again.title, again.due, again.labels) == (said.title, said.due, said.labels)
    for kind in ("repeat", "priority", "holder", "unit", "parent"):
        assert again.value(kind) == said.value(kind)
