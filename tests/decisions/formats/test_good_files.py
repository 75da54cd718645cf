"""What the readers make of files as they are met: of every format a small one, in the manners that vary."""

import os
from fractions import Fraction

import pytest

from collab.decisions.formats import BadFile, Votes, read

MANY = 500_000 if os.environ.get("COLLAB_NIGHTLY") else 50_000
BLT = b'3 2\n-3\n2 1 2=3 0\n1 2 0\n(7) 1 3 - 1 0\n0\n"Ann"\n"Bea"\n"Cay"\n"Board"\n'


def votes(data: str | bytes, name: str, **how: object) -> Votes:
    found = read(data.encode() if isinstance(data, str) else data, name, **how)  # type: ignore[arg-type]
    assert isinstance(found, Votes)
    return found


def test_blt_keeps_equals_withdrawn_and_seats() -> None:
    found = votes(BLT, "board.blt")
    assert (found.names, found.title, found.seats, found.withdrawn) == (("Ann", "Bea", "Cay"), "Board", 2, (2,))
    assert found.rankings == {((0,), (1, 2)): 2, ((1,),): 1, ((2,), (0,)): 1}


@pytest.mark.parametrize(
    ("tail", "names"),
    [
        ('"A" "B" "x"', ("A", "B")),
        ("A (Lab)\nB\nWard", ("A (Lab)", "B")),
        ('"A ""Ind"""\n"B ""Ind"""\nWard', ('A "Ind"', 'B "Ind"')),
        ('"A" "Ind"\n"B" "Ind"\n"Ward"', ('A" "Ind', 'B" "Ind')),
        ('"A "The Rock" Li"\n"B"', ('A "The Rock" Li', "B")),
        ("A\nB\x1a", ("A", "B")),
        ('"A" # first\n\n# between\n"B \\"Bea\\""\n"Ward 5" # title', ("A", 'B "Bea"')),
        ('"A #1"\n"B"', ("A #1", "B")),
    ],
)
def test_blt_takes_names_as_programs_write_them(tail: str, names: tuple[str, ...]) -> None:
    assert votes(f"# made by hand\r\n2 1\r\n3 1 2 0 # three\r\n0\r\n{tail}\n", "w.blt").names == names


def test_preflib_old_and_new_say_the_same_and_equals_stay_equal() -> None:
    new = "# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 5\n# ALTERNATIVE NAME 1: A\n"
    new += "# ALTERNATIVE NAME 2: B\n# ALTERNATIVE NAME 3: C\n3: 1,{2,3}\n2: {3,1}\n"
    old = "3\n1,A\n2,B\n3,C\n5,5,2\n3,1,{2,3}\n2,{3,1}\n"
    assert votes(new, "x.toi").rankings == votes(old, "x.toi").rankings == {((0,), (1, 2)): 3, ((0, 2),): 2}


def test_debian_sheets_rank_by_signs_and_know_old_encodings() -> None:
    sheet = "     Option 1------>: Raphaël\n   /  Option 2---->: Bea\n   |/ Option 3---->: None Of The Above\n   ||/\n"
    sheet += "V: 1-1 \t0123456789abcdef\nV: 321 \t0123456789abcdef\n"
    found = votes(sheet.encode("cp1252"), "leader_tally.txt")
    assert found.names == ("Raphaël", "Bea", "None Of The Above")
    assert found.rankings == {((0, 2),): 1, ((2,), (1,), (0,)): 1}


def test_pabulib_reads_approvals_points_and_places() -> None:
    head = (
        "META\nkey;value\nbudget;1000,50\nnum_projects;2\nnum_votes;2\nvote_type;{}\n{}PROJECTS\nproject_id;cost;name\n"
    )
    head += "7;400;Trees\n9;700;Trees\nVOTES\n"
    found = votes(head.format("approval", "") + "voter_id;vote\n1;7,9\n2;9\n", "x.pb")
    assert found.names == ("Trees (7)", "Trees (9)")
    assert found.budget == Fraction("1000.5")
    assert found.costs == (400, 700)
    assert found.scores == {(1, 1): 1, (None, 1): 1}
    points = votes(head.format("cumulative", "") + "voter_id;vote;points\n1;7,9;3,2\n2;9;5\n", "x.pb")
    assert points.scores == {(3, 2): 1, (None, 5): 1}
    places = votes(head.format("ordinal", "max_length;3\n") + "voter_id;vote\n1;9,7\n2;9\n", "x.pb")
    assert places.scores == {(2, 3): 1, (None, 3): 1}


def test_tables_of_ranks_scores_ticks_and_choices_are_told_apart() -> None:
    ranks = votes("voter;A;B;C\n1;1;1;No opinion\n2;;3;1\n", "v.csv")
    assert ranks.rankings == {((0, 1),): 1, ((2,), (1,)): 1}
    scores = votes("A,B,count\n5,0,3\n,2.5,1\n", "v.csv", scored=True)
    assert scores.scores == {(5, 0): 3, (None, Fraction(5, 2)): 1}
    assert scores.ranked().rankings == {((0,), (1,)): 3, ((1,),): 1}
    ticks = votes("A,B\nx,\nx,x\n", "v.csv")
    assert ticks.approvals
    assert ticks.scores == {(1, None): 1, (1, 1): 1}
    choices = votes("Precinct,1st Choice,2nd Choice,3rd Choice,Count\np,B,undervote,A,2\np,B,B,overvote,1\n", "c.csv")
    assert (choices.names, choices.rankings) == (("A", "B"), {((1,), (0,)): 2, ((1,),): 1})


def test_a_roll_call_gives_each_item_with_its_threshold() -> None:
    head = "link,class,Agenda Number,Agenda Item,Ann,Bea,Cay,Dee\n"
    found = read((head + ",pass,CA-1,Salt (3 Votes Required),TRUE,FALSE,Absent,recused\n").encode(), "chart.csv")
    assert isinstance(found, list)
    assert found[0].votes.answers == {"yes": 1, "no": 1, "abstain": 0}
    assert (found[0].votes.absent, found[0].votes.recused, found[0].votes.threshold) == (1, 1, Fraction(3, 4))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_byte_order_mark_and_old_encodings_are_met(encoding: str) -> None:
    assert votes("José,Zoë\n1,2\n".encode(encoding), "v.csv").names == ("José", "Zoë")


def test_greek_in_an_old_encoding_is_read_when_it_is_named() -> None:
    assert votes("Ελένη,Νίκος\n1,2\n".encode("cp1253"), "v.csv", encoding="cp1253").names == ("Ελένη", "Νίκος")
    with pytest.raises(BadFile, match="no encoding named"):
        read(b"A,B\n1,2\n", "v.csv", encoding="klingon")


def test_very_many_rows_are_read() -> None:
    assert votes("A,B,C\n" + "1,2,3\n2,1,\n" * MANY, "v.csv").ballots == 2 * MANY
    assert votes("3 1\n" + "1 1 2 0\n1 3 0\n" * MANY + "0\nA\nB\nC\n", "v.blt").ballots == 2 * MANY


def test_blt_takes_remarks_withdrawn_options_late_and_equals_with_spaces() -> None:
    text = (
        "# ours\n4 2 # two seats\n3 1 3 = 4 0 # three\n-2\n1 4 - 1 0\n0 # no more\n" + '"A" # x\n"B"\n"C"\n"D"\n"T"\n'
    )
    found = votes(text, "a.blt")
    assert (found.names, found.title, found.seats) == (("A", "B", "C", "D"), "T", 2)
    assert found.rankings == {((0,), (2, 3)): 3, ((3,), (0,)): 1}
    assert found.withdrawn == (1,)


def test_tables_take_what_spreadsheets_add() -> None:
    expected = {((0,), (1,)): 1}
    for text in ("sep=;\nA;B\n1;2\n", "A,B,\n1,2,\n", "A\tB\n1\t2\n", '"A";"B"\n"1";"2"\n'):
        found = votes(text, "a.csv")
        assert (found.names, found.rankings) == (("A", "B"), expected), text
    years = votes("2024,2025\n1,2\n", "a.csv")
    assert (years.names, years.rankings) == (("2024", "2025"), expected), "options may be called by numbers"
    assert votes('2\n1,"Smith, Ann"\n2,B\n1,1,1\n1,1,2\n', "a.soc").names == ("Smith, Ann", "B")


def test_pabulib_fields_and_sections_stand_in_any_order() -> None:
    meta = "META\nkey;value\nvote_type;cumulative\nbudget;100\nnum_votes;2\n"
    ballots = "VOTES\nage;points;voter_id;vote\n30;3,2;7;b,a\n41;5;8;b\n"
    projects = "PROJECTS\nname;cost;project_id\nPark;60;a\nPool;50;b\n"
    one, other = votes(meta + projects + ballots, "a.pb"), votes(meta + ballots + projects, "a.pb")
    assert one == other
    assert (one.names, one.costs) == (("Park", "Pool"), (60, 50))
    assert one.scores == {(2, 3): 1, (None, 5): 1}
