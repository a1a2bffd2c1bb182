"""The pages that a person's own words lead to: the search, the questions, support, words to say.

Each function is a page: it reads the form, asks, and hands on to `render.html.pages`.
Not for: pages about things (`public`), or addresses (`routes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from mmhs_finder.answers.types import Answer
from mmhs_finder.channels.text.asking import (
    TO_MEND,
    Ask,
    NoPage,
    NoPlace,
    NotReady,
    Reply,
    answer_of,
    finder_for,
    place_of,
    search_form,
    told_words,
)
from mmhs_finder.channels.text.state import AnswersToMend, Carried, answers_of
from mmhs_finder.directory.named import area_words, nation_words
from mmhs_finder.eligibility import Safety
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.render.html.pages import checking, finding, supporting
from mmhs_finder.render.html.pages.frame import HOME, TextPage, urgent_path, urgent_slug
from mmhs_finder.render.html.pages.listing import area_path, service_path
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.line import line_view
from mmhs_finder.views.names import label
from mmhs_finder.views.outcome import AskedView, asked_view, outcome_view, script_views, urgent_view
from mmhs_finder.views.questions import NEEDS
from mmhs_finder.views.support import ANY_TOPIC, open_only_by_default, support_view, topics
from mmhs_finder.words import say

CHECK = "/text/check"
WORDS = "/text/words"
SUPPORT = "/text/support"


def home(ask: Ask) -> Reply:
    """The form; with a place, the answer."""
    who = ask.said
    form = search_form(ask, who, HOME)
    if not ask.searches:
        return Reply(finding.find_page(form), personal=ask.is_form)
    try:
        place = place_of(ask, who, form)
    except NoPlace as problem:
        return Reply(finding.find_page(problem.form), TO_MEND, personal=True)
    return _answered(ask, who, place)


def area(ask: Ask) -> Reply:
    """The answer for a council or a part of one: an address to keep. Raises `NoPage`."""
    code = ask.path["code"]
    if code not in ask.application.directory.areas:
        raise NoPage
    asked = ask.query.get("need", ())
    who = Carried(council=code, needs=tuple(n for n in NEEDS if n in asked))
    place = place_of(ask, who, search_form(ask, who, HOME))
    return _answered(ask, who, place, address="" if who.needs else f"/text/area/{code}")


def _answered(ask: Ask, who: Carried, place: Place, address: str = "") -> Reply:
    answer = answer_of(ask, who, place)
    page = finding.answer_page(
        answer_view(answer),
        carry=who.carry(),
        # What happened stands in it to be seen; answers would change another search unseen.
        again=replace(search_form(ask, who, HOME), carry=()),
        told=told_words(who),
        kept=_kept(ask, answer),
        address=address,
    )
    return Reply(page, personal=not address)


def _kept(ask: Ask, answer: Answer) -> tuple[finding.KeptAddress, ...]:
    code = answer.place.code_to_keep
    if not code:
        return ()
    here = ask.application.directory.areas[code]
    area = finding.KeptAddress(
        area_path(here), say("text_pages.area_link", area=area_words(here.name))
    )
    own = (finding.KeptAddress(service_path(m.service), label(m.service)) for m in answer.mmhs)
    return (area, *own)


def link(ask: Ask) -> Reply:
    """The link that says what happened, for who has asked for it."""
    who = ask.said
    try:
        place = place_of(ask, who, search_form(ask, who, HOME))
    except NoPlace as problem:
        return Reply(finding.find_page(problem.form), TO_MEND, personal=True)
    code = place.code_to_keep
    if not code or not who.needs:
        return _answered(ask, who, place)
    path = f"/text/area/{code}?{urlencode([('need', need) for need in who.needs])}"
    return Reply(
        finding.link_page(path, told_words(who), who.carry(), place.lives_in), personal=True
    )


def words(ask: Ask) -> Reply:
    """What to say to a GP or midwife; the place first, where it is not known."""
    who = ask.said
    form = search_form(ask, who, WORDS)
    if not ask.searches:
        return Reply(_ask_words(form), personal=ask.is_form)
    try:
        place = place_of(ask, who, form)
    except NoPlace as problem:
        return Reply(_ask_words(problem.form), TO_MEND, personal=True)
    answer = answer_of(ask, who, place)
    page = finding.words_page(script_views(answer), who.carry(), place.lives_in)
    return Reply(page, personal=True)


def _ask_words(form: finding.SearchForm) -> TextPage:
    return finding.ask_place_page(
        form,
        title=say("text_pages.words"),
        heading=say("script.heading"),
        intro=say("text_pages.words_place"),
        description=say("text_pages.words_about"),
    )


# --- could it be right ----------------------------------------------------------------------------


def check(ask: Ask) -> Reply:
    """The questions; the place first, where it is not known."""
    who = ask.said
    form = search_form(ask, who, CHECK)
    if not ask.searches:
        return Reply(_ask_place(form), personal=ask.is_form)
    try:
        place = place_of(ask, who, form)
    except NoPlace as problem:
        return Reply(_ask_place(problem.form), TO_MEND, personal=True)
    answer = answer_of(ask, who, place)
    asked = asked_view(answer, who.happened)
    return Reply(_questions(asked, who, place.lives_in), personal=True)


def _questions(
    asked: AskedView, who: Carried, nation: Nation | None, problems: Mapping[str, str] | None = None
) -> TextPage:
    return checking.questions_page(
        asked,
        who.said,
        who.where(),
        carry=who.carry(),
        cleared=replace(who, answers={}).carry(),
        nation=nation,
        problems=problems or {},
    )


def _ask_place(form: finding.SearchForm) -> TextPage:
    return finding.ask_place_page(
        form,
        title=say("text_pages.questions"),
        heading=say("check_page.title"),
        intro=say("text_pages.check_place"),
        description=say("text_pages.check_about"),
    )


def outcome(ask: Ask) -> Reply:
    """What we can say. Somebody who is not safe gets urgent help, and nothing else."""
    who = ask.said
    unsafe = who.safety is Safety.UNSAFE
    try:
        place = place_of(ask, who, search_form(ask, who, CHECK))
    except (NoPlace, NotReady) as problem:
        if unsafe:
            lines, said = _urgent_lines(ask, Nation.ENGLAND), replace(who, postcode="", council="")
            return Reply(checking.unsafe_somewhere_page(lines, said.carry()), personal=True)
        if isinstance(problem, NotReady):
            raise
        return Reply(_ask_place(problem.form), TO_MEND, personal=True)
    answer, finder, nation = answer_of(ask, who, place), finder_for(ask, who), place.lives_in
    urgent = urgent_view(finder, answer, who.safety) if who.safety else None
    if urgent and unsafe:
        return Reply(checking.unsafe_page(urgent, who.carry(), nation), personal=True)
    asked = asked_view(answer, who.happened)
    now = checking.asked_now(asked, who.said)
    try:
        answers = answers_of(who, now, ask.at.date())
    except AnswersToMend as problem:
        page = _questions(asked, who, nation, problem.problems)
        return Reply(page, TO_MEND, personal=True)
    before = ask.form.one(checking.ASKED).split()
    later = tuple(q for q in now if before and q.value not in before)
    page = checking.outcome_page(
        outcome_view(finder, answer, answers), urgent, later, who.carry(), nation
    )
    return Reply(page, personal=True)


# --- other support --------------------------------------------------------------------------------


def support(ask: Ask) -> Reply:
    """Lines and charities by topic and nation, with what is near where a place is known."""
    who = ask.said
    try:
        place = place_of(ask, who, search_form(ask, who, HOME)) if who.where() else None
    except (NoPlace, NotReady):  # what is far is still there
        who, place = replace(who, postcode="", council=""), None
    first = who.pathways[0].value if who.pathways else ANY_TOPIC
    offered, chosen = topics(who.situation), ask.form.one("topic")
    topic = chosen if chosen in offered else first
    named = ask.form.one("nation")
    nation = Nation(named) if named in {*Nation} else place.nation if place else Nation.ENGLAND
    # A box that is not ticked is not sent: whoever has sent a topic has said whether she wants it.
    open_only = bool(ask.form.one("open_only")) if chosen else open_only_by_default(ask.at)
    view = support_view(
        finder_for(ask, who),
        topic,
        nation,
        ask.at,
        place=place,
        who=who.situation,
        open_only=open_only,
    )
    page = supporting.support_page(
        view,
        offered=offered,
        topic=topic,
        nation=nation,
        lives_in=place.lives_in if place else nation if nation is not Nation.ENGLAND else None,
        open_only=open_only,
        carry=who.carry(),
        address="" if ask.is_form else SUPPORT,
    )
    return Reply(page, personal=ask.is_form)


def urgent(ask: Ask) -> Reply:
    """Lines for a crisis in one nation. Raises `NoPage`."""
    slug = ask.path.get("nation", urgent_slug(Nation.ENGLAND))
    found = [nation for nation in Nation if urgent_slug(nation) == slug]
    if not found:
        raise NoPage
    return Reply(_urgent_lines(ask, found[0]))


def _urgent_lines(ask: Ask, nation: Nation) -> TextPage:
    offers = ask.application.finder_of_councils.urgent(nation, ask.at)
    others = [(urgent_path(n), nation_words(n)) for n in Nation if n is not nation]
    lines = [line_view(offer, ask.at) for offer in offers]
    return supporting.urgent_page(lines, nation, others, urgent_path(nation))
