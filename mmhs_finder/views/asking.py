"""How to ask where no maternal mental health service is known for a place: for somebody who refers.

Its perinatal team by name, the board that buys its care, and the services of the areas beside it,
on the page and as a document. Not for: the sheet of a service (`views.sheet`), or what a parent is
told (`views.answer`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mmhs_finder.answers.types import Answer
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.directory.named import KIND, area_words
from mmhs_finder.views.papers import PaperRow, PaperTable, SheetPaper, about_paper, paper_lines
from mmhs_finder.views.referring import boards, none_here, own_areas
from mmhs_finder.views.sheet import Sheet, referral_sheet
from mmhs_finder.views.sheet_lines import SheetLine, help_meanwhile
from mmhs_finder.words import join_words, say


@dataclass(frozen=True)
class Asking:
    """What is known for asking about a place.

    areas: its councils. text: that none is known, and who buys the care. boards: those by name.
    question: what to ask them. team: the sheet of the perinatal team, None where none is known.
    neighbours: the sheets of the services in the areas beside it. meanwhile: help there is at once.
    """

    areas: str
    text: str
    boards: str
    question: str
    team: Sheet | None
    neighbours: tuple[Sheet, ...]
    meanwhile: tuple[SheetLine, ...]

    @property
    def title(self) -> str:
        return say("asking.title", areas=self.areas)


def asking(directory: Directory, answer: Answer) -> Asking | None:
    """None where a service is known, and outside England."""
    if answer.mmhs or not answer.place.areas:
        return None

    teams = [m.service for m in answer.alternatives if m.kind is ServiceKind.PERINATAL_TEAM]
    today = answer.at.date()
    team = None
    if teams:
        team = referral_sheet(directory, teams[0], own_areas(answer, teams[0]), today=today)
    areas = join_words([area_words(name) for name in answer.place.area_names])
    return Asking(
        areas=areas,
        text=none_here(answer),
        boards=join_words(boards(answer.place.areas)),
        question=say("asking.question", areas=areas),
        team=team,
        neighbours=tuple(
            referral_sheet(directory, m.service, today=today) for m in answer.neighbours
        ),
        meanwhile=help_meanwhile(directory, [a.code for a in answer.place.areas]),
    )


def asking_paper(view: Asking, made_at: datetime) -> SheetPaper:
    """The page to print: whom to ask and how, the services beside, and help until then."""
    whom = [PaperRow(say("asking.question_label"), (SheetLine(view.question),), "")]
    if view.team:
        lines = (SheetLine(f"{view.team.service.name}."), *_ways(view.team))
        whom.insert(0, PaperRow(KIND(ServiceKind.PERINATAL_TEAM), lines, ""))
    if view.boards:
        whom.insert(-1, PaperRow(say("asking.board_label"), (SheetLine(view.boards),), ""))
    tables = [PaperTable(say("asking.whom"), tuple(whom))]
    if view.neighbours:
        beside = tuple(PaperRow(s.service.name, _beside(s), "") for s in view.neighbours)
        tables.append(PaperTable(say("asking.neighbours"), beside))
    row = PaperRow(say("sheet_row.while_waiting"), paper_lines(view.meanwhile), "")
    tables.append(PaperTable(say("sheet.group_waiting"), (row,)))
    return SheetPaper(
        about=about_paper(view.title, view.title, made_at),
        label=say("asking.label"),
        title=view.title,
        subtitle=say("asking.intro", areas=view.areas),
        columns=(say("asking.column_whom"), say("asking.column_known")),
        tables=tuple(tables),
    )


def _beside(sheet: Sheet) -> tuple[SheetLine, ...]:
    who = sheet.row("who_may_refer")
    may = (SheetLine(f"{say('sheet.bar_who')} {who.text}"),) if who else ()
    return (SheetLine(f"{sheet.subtitle}."), *_ways(sheet), *may)


def _ways(sheet: Sheet) -> tuple[SheetLine, ...]:
    return sheet.ways or (SheetLine(say("sheet.bar_no_way")),)
