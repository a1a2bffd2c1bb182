"""The words to use with a GP or midwife where there is not one service to name.

Not for: the words about one service (`views.wording.script_text`), or changing them (`channels`).
"""

from __future__ import annotations

from collections.abc import Sequence

from mmhs_finder.answers.types import Answer, Outcome
from mmhs_finder.directory.models import Pathway
from mmhs_finder.directory.named import area_words
from mmhs_finder.directory.said import helps_with_none
from mmhs_finder.nation import UNITED_KINGDOM
from mmhs_finder.views.wording import HAPPENED
from mmhs_finder.words import join_words, say


def asking_script(answer: Answer) -> str:
    """Where no service is known: words to ask whether there is one, in the first person."""
    if answer.outcome is Outcome.OTHER_NATION:
        nhs = answer.place.nation in UNITED_KINGDOM
        question = say("script.ask_nation") if nhs else say("script.ask_crown")
    else:
        areas = join_words([area_words(a.name) for a in answer.place.areas])
        question = say("none_published.say", area=areas).strip("“”")
    return say("script.asking", happened=_happened(answer.needs), question=question)


def several_script(answer: Answer) -> str:
    """Where more than one service may be hers: words to ask for the one that is."""
    helps = [m for m in answer.mmhs if not helps_with_none(m.criteria, answer.needs)]
    if not helps:
        return asking_script(answer)
    names = join_words([match.service.name for match in helps], "or")
    return say("script.several", names=names, happened=_happened(answer.needs))


def _happened(needs: Sequence[Pathway]) -> str:
    return " ".join(HAPPENED(need) for need in needs) or say("script.happened_other")
