"""What one visitor answered of the checklist of joined-up care, for the report that she downloads.

Only lines that she answered; nothing of it is kept.
Not for: the checklist (`planning.facts`), or where it is answered (`channels`).
"""

from __future__ import annotations

from collections.abc import Mapping

from mmhs_finder.planning.facts import Extent, checklist, standing
from mmhs_finder.views.area_report.parts import ReportFact, ReportSection
from mmhs_finder.views.checklist import EXTENT_WORDS, line_words
from mmhs_finder.words import say


def ticked(answers: Mapping[str, Extent]) -> ReportSection | None:
    """Each answered line with its answer, and how many of each area are; None without one."""
    asked = [item for item in checklist() if item.id in answers]
    if not asked:
        return None
    total = sum(each.total for each in standing(answers))
    open_ = sum(each.unanswered for each in standing(answers))
    text = say("area_report.ticked_text", answered=total - open_, total=total)
    facts = tuple(ReportFact(line_words(item), EXTENT_WORDS(answers[item.id])) for item in asked)
    sources = ", ".join(dict.fromkeys(item.source for item in asked))
    note = say("planning.source", source=sources)
    return ReportSection(say("area_report.ticked"), text, facts=facts, note=note)
