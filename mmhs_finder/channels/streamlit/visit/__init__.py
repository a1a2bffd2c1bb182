"""What one visit knows, and the only room that asks Streamlit's session for it.

Every name under which a value or a widget is kept stands here once, with its type. The class gives
the name, for a widget (`key=Visit.postcode.key`); an instance gives the value (`Visit().postcode`).
What is here belongs to one person: it is in memory only, and "Start again" clears it.
Not for: what all visitors share (`mmhs_finder.application`), or names of mere containers, which are
for the style sheet.
"""

from __future__ import annotations

from collections.abc import Sequence

from mmhs_finder.answers.suited import Situation
from mmhs_finder.channels.shell.offers import OffersOfVisit
from mmhs_finder.channels.streamlit.visit.kept import Kept, PartOfVisit
from mmhs_finder.channels.streamlit.visit.parts import (
    AnswersOfForm,
    ChangesChoices,
    CorrectionForm,
    ListChoices,
    ReferralChoices,
    ScriptFields,
    UploadedList,
)
from mmhs_finder.channels.streamlit.visit.planners import CoverageChoices, PlanningChoices
from mmhs_finder.directory.models import FurtherNeed, Pathway
from mmhs_finder.eligibility import Question, situation_said
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.views.field import FieldProblem

__all__ = [
    "AnswersOfForm",
    "ChangesChoices",
    "CorrectionForm",
    "CoverageChoices",
    "ListChoices",
    "PlanningChoices",
    "ReferralChoices",
    "ScriptFields",
    "UploadedList",
    "Visit",
]


class Visit(PartOfVisit):
    """Everything that one visit knows: the search itself, and a part for each page."""

    postcode = Kept[str | None]("postcode", None)  # as typed
    council = Kept[str | None]("council", None)
    meant = Kept[str | None]("meant", None)  # of a long list of what may be meant
    needs = Kept[Sequence[str] | None]("needs", None)  # what happened, as chosen
    place = Kept[Place | None]("place", None)  # of the last search
    problem = Kept[FieldProblem | None]("problem", None)  # of the last search
    searches = Kept[int]("searches", 0)
    application = Kept[int]("application", 0)  # the number of the one that the place is of
    link_taken = Kept[bool]("restored", False)
    has_begun = Kept[bool]("begun", False)  # by a search, a link, or what a tab has kept
    kept_area = Kept[str | None]("kept_area", None)  # the code that a tab has kept over a reload
    mark = Kept[str]("mark", "")  # by which a browser knows this visit again
    board = Kept[str | None]("board", None)
    topic = Kept[str | None]("topic", None)
    nation = Kept[Nation | None]("nation", None)  # chosen on the page of other support
    open_only = Kept[bool]("open_only", False)
    _files = Kept[OffersOfVisit | None]("files", None)
    SEARCH_FORM = "search"
    STILL_HERE = "still_here"

    @staticmethod
    def meant_key(place: int, choice: str) -> str:
        """Of the button for a council, or a text, that somebody may mean.

        place: in the list, from 0: two names, such as those of hospitals, may lead to one council.
        """
        return f"meant_{place}_{choice}"

    @property
    def pathways(self) -> tuple[Pathway, ...]:
        """What happened; empty for nothing, "something else" or "not sure"."""
        return tuple(p for p in Pathway if p.value in (self.needs or ()))

    @property
    def further(self) -> tuple[FurtherNeed, ...]:
        """What else happened, of the choices beside the four pathways."""
        return tuple(n for n in FurtherNeed if n.value in (self.needs or ()))

    @property
    def lives_in(self) -> Nation | None:
        """The nation of the last search, or the one that was chosen; None while that is not known.

        England, which stands in the list before anybody has chosen, says nothing.
        """
        if self.place is not None:
            return self.place.lives_in
        return None if self.nation is Nation.ENGLAND else self.nation

    @property
    def situation(self) -> Situation:
        """What is known of somebody that decides what may hurt: the search, and her answers."""
        said = {question.value: self.answers.said(question.value) for question in Question}
        return situation_said((*self.pathways, *self.further), said)

    def start_again(self) -> None:
        """Clears everything. The number of searches goes on: a page knows a new one by it. And it
        is still the same visit, for a browser that comes back."""
        count, mark = self.searches, self.mark
        self.session.clear()
        self.link_taken = self.has_begun = True
        self.searches = count
        if mark:
            self.mark = mark

    @property
    def answers(self) -> AnswersOfForm:
        """A person's own answers."""
        return AnswersOfForm("answer", self.session)

    @property
    def case(self) -> AnswersOfForm:
        """What somebody who refers has said of a case."""
        return AnswersOfForm("case", self.session)

    @property
    def scripts(self) -> ScriptFields:
        return ScriptFields(self.session)

    @property
    def referral(self) -> ReferralChoices:
        return ReferralChoices(self.searches, self.session)

    @property
    def services(self) -> ListChoices:
        return ListChoices(self.session)

    @property
    def bulk(self) -> UploadedList:
        return UploadedList(self.session)

    @property
    def coverage(self) -> CoverageChoices:
        return CoverageChoices(self.session)

    @property
    def changes(self) -> ChangesChoices:
        return ChangesChoices(self.session)

    @property
    def correction(self) -> CorrectionForm:
        return CorrectionForm(self.session)

    @property
    def planning(self) -> PlanningChoices:
        return PlanningChoices(self.session)

    @property
    def files(self) -> OffersOfVisit:
        """What this visit offers to download."""
        if self._files is None:
            self._files = OffersOfVisit()
        return self._files

    @staticmethod
    def map_key(name: str) -> str:
        """Of the map of an answer: what was pressed on it last."""
        return f"{name}-map"
