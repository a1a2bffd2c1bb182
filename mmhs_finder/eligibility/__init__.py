"""Could this service be right for me? The published criteria against what a person chose to say.

Every criterion is one entry of `CRITERIA` and its words in `criteria.toml`. A criterion is
met, may not be met, or cannot be told (not published, or not answered). What is not known never
counts against a person. Not for: what to offer next (`signposting`), or keeping answers.
"""

from mmhs_finder.directory.models import LossKind
from mmhs_finder.eligibility.checks import State, Why
from mmhs_finder.eligibility.criteria import CRITERIA, Criterion, CriterionId
from mmhs_finder.eligibility.outcomes import (
    Assessment,
    Finding,
    Fit,
    assess,
    better_elsewhere,
    needed_questions,
    rank,
)
from mmhs_finder.eligibility.person import (
    AGES,
    ASKED_AFTER,
    CHOICES,
    FOLLOWS,
    PROFESSIONAL_ONLY,
    UNANSWERED,
    Answers,
    AnswersProblem,
    Question,
    Range,
    Severity,
    Who,
    choices,
    days_since,
    month_days,
    months_ago,
    question_text,
    weeks_ago,
    years_ago,
)
from mmhs_finder.eligibility.person_json import answers_from_json
from mmhs_finder.eligibility.stated import Published, published

__all__ = [
    "AGES",
    "ASKED_AFTER",
    "CHOICES",
    "CRITERIA",
    "FOLLOWS",
    "PROFESSIONAL_ONLY",
    "UNANSWERED",
    "Answers",
    "AnswersProblem",
    "Assessment",
    "Criterion",
    "CriterionId",
    "Finding",
    "Fit",
    "LossKind",
    "Published",
    "Question",
    "Range",
    "Severity",
    "State",
    "Who",
    "Why",
    "answers_from_json",
    "assess",
    "better_elsewhere",
    "choices",
    "days_since",
    "month_days",
    "months_ago",
    "needed_questions",
    "published",
    "question_text",
    "rank",
    "weeks_ago",
    "years_ago",
]
