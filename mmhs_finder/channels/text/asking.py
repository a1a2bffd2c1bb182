"""A request and a reply of these pages, and from what was said to a place and its answer.

Not for: which address is which page (`routes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer
from mmhs_finder.application import Application
from mmhs_finder.channels.text.forms import Form
from mmhs_finder.channels.text.state import PLACE, Carried, carried, is_by_council
from mmhs_finder.directory.named import area_words
from mmhs_finder.places.place import Place
from mmhs_finder.postcodes import PostcodeError
from mmhs_finder.render.html.pages.finding import SearchForm
from mmhs_finder.render.html.pages.frame import TextPage
from mmhs_finder.views.field import field_problem
from mmhs_finder.views.questions import NEED
from mmhs_finder.views.suggestions import SuggestionsView, suggestions_view
from mmhs_finder.words import say

_PATIENCE: Final = 1.0
"""Seconds that a postcode waits for the index; after that somebody is told to try again."""

OK: Final = 200
TO_MEND: Final = 200
"""A slip is no failure: a status that says so has proxies put a page of their own in its place."""


@dataclass(frozen=True)
class Ask:
    """What somebody asks for. path, query: of the address; neither holds anything of a person, but
    for the link that she had made. at: now, aware."""

    application: Application
    at: datetime
    form: Form = field(default_factory=Form)
    is_form: bool = False
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def said(self) -> Carried:
        return carried(self.form)

    @property
    def searches(self) -> bool:
        """Whether a place was asked for and sent, were it left empty."""
        return any(self.form.several(name) for name in PLACE)


@dataclass(frozen=True)
class Reply:
    """A page, and how it is sent. personal: made from what somebody said, so nobody may keep it."""

    page: TextPage
    status: int = OK
    personal: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class NoPage(Exception):
    """The address names nothing that there is."""


class TakenOut(Exception):
    """The address names an entry that is taken out while somebody checks it."""


class NotReady(Exception):
    """A postcode cannot be looked up yet, or, with `failed`, at the moment.

    form: the search as it stands, without the postcode: the list of councils needs no index.
    """

    def __init__(self, form: SearchForm, *, failed: bool) -> None:
        super().__init__()
        self.form = form
        self.failed = failed


class NoPlace(Exception):
    """What was typed or chosen is no place that we know. form: with what to do, in words."""

    def __init__(self, form: SearchForm) -> None:
        super().__init__()
        self.form = form


def finder_for(ask: Ask, who: Carried) -> Finder:
    """The finder for what was said, where its place was found."""
    return ask.application.finder if who.postcode else ask.application.finder_of_councils


def place_of(ask: Ask, who: Carried, form: SearchForm) -> Place:
    """The place of a search. form: as it stands. Raises `NoPlace`, `NotReady`."""
    if who.postcode:
        _await_index(ask, form)
    elif not who.council and is_by_council(ask.form):
        raise NoPlace(replace(form, council_problem=say("text_pages.council_problem")))
    finder = finder_for(ask, who)
    try:
        if who.council and not who.postcode:
            if who.council not in ask.application.directory.areas:
                raise NoPlace(_with(form, who, problem=say("find.link_unknown")))
            return finder.council(who.council)
        return finder.place(who.postcode)
    except PostcodeError as problem:
        meant = suggestions_view(finder.suggestions(who.postcode))
        told = field_problem(problem)
        titled = replace(form, problem_title=told.title)
        raise NoPlace(_with(titled, who, problem=told.text, meant=meant)) from problem


def _await_index(ask: Ask, form: SearchForm) -> None:
    """Raises `NotReady` where a postcode cannot be looked up."""
    attempt = ask.application.index.start()
    if not attempt.finished_within(_PATIENCE):
        raise NotReady(replace(form, postcode=""), failed=False)
    if attempt.failed:
        raise NotReady(replace(form, postcode=""), failed=True)


def answer_of(ask: Ask, who: Carried, place: Place) -> Answer:
    """What there is for a place and what was said."""
    finder = finder_for(ask, who)
    return finder.find(place, who.pathways, ask.at, who.situation)


def search_form(
    ask: Ask, who: Carried, action: str, *, asks_needs: bool = True, for_work: bool = False
) -> SearchForm:
    """The form of a search with what was said in it.

    for_work: in the words of who refers, and without answers of anybody.
    """
    all_councils = ask.application.directory.councils()
    councils = [(area.code, area_words(area.name)) for area in all_councils]
    return SearchForm(
        action=action,
        councils=councils,
        label=say("professional.postcode") if for_work else say("find.postcode_label"),
        submit=say("professional.search") if for_work else say("find.submit"),
        council_label=say("professional.council") if for_work else say("find.council_label"),
        postcode=who.postcode,
        council=who.council,
        needs=frozenset(who.needs) if asks_needs else None,
        carry=() if for_work else who.told(),
    )


def _with(
    form: SearchForm, who: Carried, *, problem: str, meant: SuggestionsView | None = None
) -> SearchForm:
    return replace(form, postcode=who.postcode, problem=problem, meant=meant or form.meant)


def told_words(who: Carried) -> list[str]:
    """What happened, in the words it was chosen by."""
    return [NEED(need) for need in who.needs]
