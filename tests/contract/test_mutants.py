"""The tool behind `make mutants`: what it mutates, how it counts; and its list is not stale."""

from __future__ import annotations

import pytest

from tests.mutants import report, running
from tests.mutants.plain import line_of_lambda, plain
from tests.mutants.running import Mutant, Verdict

SOURCE = """
class Way:
    @property
    def link(self):
        return "tel:"

    @staticmethod
    def fixed():
        return sorted([], key=lambda x: -x)


RULES = {"a": lambda p: p > 1}
"""


def test_properties_and_the_lambdas_of_tables_become_functions_that_do_the_same():
    made = plain(SOURCE)
    assert "link = property(link)" in made and "@property" not in made
    assert "@staticmethod" in made and "key=lambda x: -x" in made
    found: dict[str, object] = {}
    exec(made, found)
    assert found["Way"]().link == "tel:"
    (rule,) = (name for name in found if name.startswith("_lambda_at_"))
    assert (found["RULES"]["a"](2), found["RULES"]["a"](1)) == (True, False)
    assert line_of_lambda(rule) == 12 and line_of_lambda("link") is None


@pytest.mark.parametrize(
    ("found", "count", "low", "high"),
    [(113, 174, 0.576, 0.716), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0)],
)
def test_the_interval_is_wilsons(found, count, low, high):
    assert report.wilson(found, count) == pytest.approx((low, high), abs=0.0005)


def mutant(verdict: Verdict, before: str = "a < b", room: str = "views") -> Mutant:
    return Mutant("name", room, "views/way.py", 3, before, "a <= b", verdict)


MUTANTS = [
    *(mutant(Verdict.KILLED) for _ in range(7)),
    mutant(Verdict.TIMED_OUT),
    mutant(Verdict.SURVIVED, "same"),
    mutant(Verdict.NO_TEST),
]
SAME = report.Equivalent("views/way.py", "same", "a <= b", "Nothing is compared.")


def test_a_mutant_that_no_test_calls_survives_and_an_equivalent_one_is_left_out_of_one_rate_only():
    head, _, room, every = report.table(MUTANTS, [SAME]).splitlines()
    assert head.count("|") == room.count("|")
    cells = [cell.strip() for cell in room.strip("|").split("|")]
    assert cells == ["`views`", "10", "7", "1", "2", "1", "80.0 %", "49.0 % to 94.3 %", "88.9 %"]
    assert every.startswith("| **all** | 10 | 7 |")
    assert report.listed(MUTANTS, [SAME]) == "views/way.py:3 no test\n  - a < b\n  + a <= b"


def test_only_what_stands_between_the_marks_is_written():
    text = f"Before.\n{report.START}\nold\n{report.END}\nAfter.\n"
    lines = {SAME: 5}
    made = report.document(text, MUTANTS, [SAME], lines=lines, made_with="Today.")
    assert made.startswith(f"Before.\n{report.START}\nToday.\n") and made.endswith("After.\n")
    assert "| `views/way.py:5` | `same` |" in made and "old" not in made
    with pytest.raises(ValueError, match="needs the lines"):
        report.document("no marks", MUTANTS, [], lines={}, made_with="")


def test_every_room_has_files_and_every_equivalent_mutant_is_of_a_line_that_is_there():
    assert all(running.files_of(room) for room in running.ROOMS)
    for known in report.equivalents():
        assert running.line_of(known.file, known.before), known
        assert known.before != known.after and known.reason.endswith(".")
