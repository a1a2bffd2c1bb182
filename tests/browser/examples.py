"""Places and services of the directory that is served, found by what they show and never by name.

So an ordinary change of the data, such as a new number, changes what a test expects and not whether
it passes.
Not for: rules, which are tested on made-up records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer, Outcome
from mmhs_finder.directory.models import Pathway, ServiceKind
from mmhs_finder.directory.ways import WayKind, number_for_referrers
from mmhs_finder.eligibility import Question, needed_questions, still_there
from mmhs_finder.hours import LONDON
from mmhs_finder.views.answer import AnswerView, answer_view
from mmhs_finder.views.listing import Filters, ListedService, Sort, listing
from mmhs_finder.views.referring import sheet_first

PLACES = 500
"""How many postcodes are looked at, evenly over the index."""

Wanted = Callable[[Answer], object]


class Examples:
    """Answers of the directory for places all over the country."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self._answers: list[Answer] = []
        self._left = self._all()

    def _all(self) -> Iterator[Answer]:
        index = self.finder.index
        for row in range(0, len(index), len(index) // PLACES):
            yield self.find(str(index.postcode_at(row)))

    def find(self, postcode: str, *needs: Pathway) -> Answer:
        return self.finder.find(self.finder.place(postcode), needs)

    def view(self, postcode: str, *needs: Pathway) -> AnswerView:
        return answer_view(self.find(postcode, *needs))

    def postcode(self, wanted: Wanted) -> str:
        """The first postcode whose answer is as wanted. Skips the test where there is none."""
        for answer in self._answers:
            if wanted(answer):
                return self._postcode(answer)
        for answer in self._left:
            self._answers.append(answer)
            if wanted(answer):
                return self._postcode(answer)
        pytest.skip("the directory has no such place")

    @staticmethod
    def _postcode(answer: Answer) -> str:
        return str(answer.place.postcode)

    # --- what journeys begin with -----------------------------------------------------------------

    def with_service(self) -> str:
        """One open service, with words to say to a GP, and neighbours."""
        return self.postcode(lambda a: _one(a) and answer_view(a).services[0].script)

    def with_number(self) -> str:
        """A service that a parent may ring herself."""
        return self.postcode(lambda a: _one(a) and answer_view(a).services[0].way(WayKind.PHONE))

    def with_point(self) -> str:
        """A service whose own base is a sign on the map."""
        return self.postcode(lambda a: _one(a) and a.mmhs[0].lat is not None)

    def with_outcome(self, outcome: Outcome) -> str:
        return self.postcode(lambda a: a.outcome is outcome)

    def asking(self, question: Question, *needs: Pathway) -> str:
        """One service whose criteria make this question matter."""
        return self.postcode(
            lambda a: _one(a) and question in needed_questions(still_there(a.mmhs), needs)
        )

    def with_number_for_referrers(self) -> str:
        """One service with a confirmed number for people who refer."""
        return self.postcode(lambda a: _one(a) and number_for_referrers(a.mmhs[0].service))

    def with_team_only(self) -> str:
        """No service is known, but a perinatal team, and services of the areas beside."""
        return self.postcode(
            lambda a: a.place.areas and not a.mmhs and sheet_first(a) and a.neighbours
        )

    def several_mmhs_named(self) -> tuple[str, tuple[ListedService, ...]]:
        """A word that finds a few maternal mental health services in the list, and those."""
        return self.several_named(ServiceKind.MMHS)

    def several_named(self, *kinds: ServiceKind) -> tuple[str, tuple[ListedService, ...]]:
        """A word that finds a few services in the list, and those."""
        directory, today = self.finder.directory, datetime.now(LONDON).date()
        for service in directory.services.values():
            word = service.name.split()[0].lower()
            found = listing(directory, Filters(text=word, kinds=kinds), Sort.NAME, today)
            if word.isalpha() and len(word) > 4 and 2 <= len(found) <= 4:
                return word, found
        pytest.skip("no word finds a few services")


def _one(answer: Answer) -> bool:
    return answer.outcome is Outcome.ONE_SERVICE
