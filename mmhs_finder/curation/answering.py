"""What new answers of a service change in the directory: lines of a set of changes.

    changes_for(tables, "harbour", {"self_referral": "yes"}, Evidence(...))

What we hold already stands in `held`, and how an answer is written is said there (`holding`).
Not for: reading a form (`taking_in`), which cells go together (`drafting`), writing (`applying`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mmhs_finder.curation.cells import value_problems
from mmhs_finder.curation.changeset import Proposed
from mmhs_finder.curation.drafting import Draft
from mmhs_finder.curation.evidence import Answerer, AnswerProblem, Evidence, NotAnAnswer
from mmhs_finder.curation.holding import NONE, SERVICES, held, rows_of
from mmhs_finder.curation.telling import own_domains, proof_problem
from mmhs_finder.directory.files import CsvFile
from mmhs_finder.words import say

__all__ = [
    "NONE",
    "AnswerProblem",
    "Answerer",
    "Evidence",
    "NotAnAnswer",
    "changes_for",
    "held",
    "unproven",
]


def changes_for(
    tables: Mapping[str, CsvFile],
    service_id: str,
    answers: Mapping[str, str],
    evidence: Evidence,
) -> list[Proposed]:
    """What new answers change, with all cells that go together, in the order of the questions.

    answers: by the questions' ids; a blank one, and one that says what we hold, change nothing.
    With `evidence.told` the row is from then on what the service told us; with a page it is no
    longer, if something changes.

    Raises:
        NotAnAnswer: an answer cannot be used; all of them that cannot.
        KeyError: there is no such service, or no such question.
    """
    draft = Draft(tables, service_id, answers, evidence)
    problems = (*draft.problems(), *_telling_problems(tables, service_id, evidence))
    if problems:
        raise NotAnAnswer(problems)
    return draft.changes()


def unproven(
    tables: Mapping[str, CsvFile],
    service_id: str,
    answers: Mapping[str, str],
    evidence: Evidence,
) -> tuple[str, ...]:
    """The new answers that are not taken from somebody of whom we do not know that she speaks for
    the service, by their questions' ids: `Draft.unproven`."""
    return Draft(tables, service_id, answers, evidence).unproven()


def _telling_problems(
    tables: Mapping[str, CsvFile], service_id: str, evidence: Evidence
) -> Iterator[AnswerProblem]:
    """What is wrong with who told us, by the organisation's pages as they were known before."""
    told = evidence.told
    if told is None:
        return
    if not told.role.strip():
        yield AnswerProblem("told_by", "", say("ask_problem.no_role"))
    for message in (
        value_problems(SERVICES, "told_by", told.role, evidence.day) if told.role else ()
    ):
        yield AnswerProblem("told_by", told.role, message)
    service, _ = rows_of(tables, service_id)
    own = own_domains((r.cells for r in tables[SERVICES].rows), service.get("provider", ""))
    if message := proof_problem(told.how, told.proof, own):
        yield AnswerProblem("told_proof", told.proof, message)
