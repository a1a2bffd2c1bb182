"""Could this service be right for me? The published criteria against what a person chose to say.

Every criterion is one entry of `CRITERIA`, its words stand in `outcome.toml`. A criterion is
met, may not be met, or cannot be told (not published, or not answered). What is not known never
counts against a person. Not for: what to offer next (`signposting`), or keeping answers.
"""

from mmhs_finder.directory.models import FurtherNeed, LossKind, Need
from mmhs_finder.eligibility.asking import (
    is_asked,
    needed_questions,
    pregnancy_questions,
    situation_said,
)
from mmhs_finder.eligibility.checks.types import State, Why
from mmhs_finder.eligibility.criteria import CRITERIA, Criterion, CriterionId
from mmhs_finder.eligibility.outcomes import (
    Assessment,
    Finding,
    Fit,
    assess,
    better_elsewhere,
    elsewhere,
    rank,
    still_there,
)
from mmhs_finder.eligibility.person import (
    AGES,
    ASKED_AFTER,
    CHOICE,
    CHOICES,
    FOLLOWS,
    LATE_WEEKS,
    PLAUSIBLE_WEEKS,
    PROFESSIONAL_ONLY,
    UNANSWERED,
    Answers,
    AnswersProblem,
    Question,
    Range,
    Safety,
    Severity,
    Who,
    choices,
    days_since,
    month_days,
    months_ago,
    plausible_weeks,
    question_text,
    weeks_ago,
    years_ago,
)
from mmhs_finder.eligibility.person_json import answers_from_json
from mmhs_finder.eligibility.stated import Published, names_of, published, silence_words

__all__ = [
    "AGES",
    "ASKED_AFTER",
    "CHOICE",
    "CHOICES",
    "CRITERIA",
    "FOLLOWS",
    "LATE_WEEKS",
    "PLAUSIBLE_WEEKS",
    "PROFESSIONAL_ONLY",
    "UNANSWERED",
    "Answers",
    "AnswersProblem",
    "Assessment",
    "Criterion",
    "CriterionId",
    "Finding",
    "Fit",
    "FurtherNeed",
    "LossKind",
    "Need",
    "Published",
    "Question",
    "Range",
    "Safety",
    "Severity",
    "State",
    "Who",
    "Why",
    "answers_from_json",
    "assess",
    "better_elsewhere",
    "choices",
    "days_since",
    "elsewhere",
    "is_asked",
    "month_days",
    "months_ago",
    "names_of",
    "needed_questions",
    "plausible_weeks",
    "pregnancy_questions",
    "published",
    "question_text",
    "rank",
    "silence_words",
    "situation_said",
    "still_there",
    "weeks_ago",
    "years_ago",
]
