"""The pages of a search: the form, the answer, the words to take to a GP, a link to keep.

Not for: finding anything, or reading a form (`channels.text`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from mmhs_finder.nation import Nation
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.answer import (
    boards_html,
    contents,
    first,
    lines_html,
    local_html,
    near_html,
    others_html,
    urgent_html,
)
from mmhs_finder.render.html.pages.frame import HOME, NEED, Fields, TextPage, button, draw
from mmhs_finder.views.answer import AnswerView
from mmhs_finder.views.outcome import ScriptView
from mmhs_finder.views.questions import NEED as NEED_WORDS
from mmhs_finder.views.questions import NEEDS
from mmhs_finder.views.suggestions import SuggestionsView
from mmhs_finder.words import join_words, say

_EMPTY = Markup("")
_LETTERS_A_LINE: Final = 38


@dataclass(frozen=True)
class SearchForm:
    """The fields of a search as they stand.

    action: where it is sent. councils: code and name; without any the list is left out. needs: what
    is chosen; None where it is not asked. problem, council_problem: what to mend in the box and in
    the list, in words. problem_title: stands above the first where that is not the usual line.
    meant: what somebody may mean who typed a place. carry: what else is taken along.
    """

    action: str
    councils: Sequence[tuple[str, str]]
    label: str
    submit: str
    council_label: str
    postcode: str = ""
    council: str = ""
    needs: frozenset[str] | None = frozenset()
    problem: str = ""
    problem_title: str = ""
    council_problem: str = ""
    meant: SuggestionsView = field(default_factory=SuggestionsView)
    carry: Fields = ()

    @property
    def to_mend(self) -> bool:
        return bool(self.problem or self.council_problem)

    @property
    def said(self) -> Fields:
        """What the ways on from a page with this form take along."""
        return (*((NEED, need) for need in NEEDS if need in (self.needs or ())), *self.carry)


def search_html(form: SearchForm) -> Markup:
    """Label, hint, what to mend, the box, the button; then the list of councils."""
    return draw(
        "search.html",
        form=form,
        hint=say("find.postcode_hint"),
        problem_title=form.problem_title or say("find.error_title"),
        needs_label=say("find.needs_label"),
        need_choices=[(need, NEED_WORDS(need)) for need in NEEDS],
        council_placeholder=say("text_pages.council_placeholder"),
        council_submit=say("text_pages.council_submit"),
    )


def find_page(form: SearchForm, *, broken: str = "") -> TextPage:
    """The first page, or the form again with what to mend. broken: why not now."""
    found_nothing, said = form.to_mend, form.said
    support = (
        button("/text/support", say("support.title"), said, css="as-link")
        if said
        else Markup('<a href="{}">{}</a>').format(here("/text/support"), say("support.title"))
    )
    before = Markup('<div class="notice" role="note"><p>{}</p></div>').format(broken)
    body = [
        before if broken else _EMPTY,
        search_html(form),
        Markup("<p>{}</p>").format(say("find.intro")),
        Markup("<h2>{}</h2><p>{}</p><div>{} {}</div>").format(
            say("find.empty_title"), say("find.empty_text"), say("find.no_postcode"), support
        ),
    ]
    return TextPage(
        title=say("text_pages.mend_title") if found_nothing else say("text_pages.find"),
        heading=say("find.title"),
        body=_EMPTY.join(body),
        description="" if found_nothing else say("text_pages.find_about"),
        address="" if found_nothing or broken or said else HOME,
        carry=said,
    )


@dataclass(frozen=True)
class KeptAddress:
    """A page about a thing and not about a person: its path, and what it is called."""

    path: str
    words: str


def answer_page(
    view: AnswerView,
    *,
    carry: Fields,
    again: SearchForm,
    told: Sequence[str],
    kept: Sequence[KeptAddress] = (),
    address: str = "",
) -> TextPage:
    """The answer: the local service, ways on, other help, and how to keep it.

    told: what happened, in words, as it was chosen. again: the form for another search.
    kept: the addresses of pages that hold nothing of a person. address: of this page, when it is
    one of those itself.
    """
    where = view.place.label
    body = _EMPTY.join(
        [
            Markup('<p class="found">{}</p>').format(view.label),
            _told(told),
            first(view),
            _contents(view),
            boards_html(view.nation) if view.nation else _EMPTY,
            local_html(view),
            Markup('<div class="ways-on">{}{}{}</div>').format(
                button("/text/check", say("check_page.title"), carry),
                button("/text/words", say("text_pages.words"), carry),
                button("/text/support", say("text_pages.more_support"), carry),
            ),
            near_html(view),
            lines_html(view),
            others_html(view),
            urgent_html(view),
            _keep(carry, kept, ask=bool(told)) if kept else _EMPTY,
            Markup('<section class="no-print" id="again"><h2>{}</h2>{}</section>').format(
                say("text_pages.again"), search_html(again)
            ),
        ]
    )
    title = say("text_pages.area_title", area=where) if address else say("text_pages.result")
    return TextPage(
        title=title,
        heading=title,
        body=body,
        description=say("text_pages.area_about", area=where) if address else "",
        address=address,
        nation=view.place.lives_in,
        carry=carry,
    )


def _told(told: Sequence[str]) -> Markup:
    words = say("text_pages.told", needs="; ".join(told)) if told else say("text_pages.told_none")
    return Markup('<p class="no-print">{} <a href="#again">{}</a></p>').format(
        words, say("text_pages.change")
    )


def _contents(view: AnswerView) -> Markup:
    items = _EMPTY.join(
        Markup('<li><a href="#{}">{}</a></li>').format(name, words)
        for name, words in contents(view)
    )
    return Markup('<nav class="contents no-print" aria-label="{}"><ul>{}</ul></nav>').format(
        say("text_pages.on_this_page"), items
    )


def _keep(carry: Fields, kept: Sequence[KeptAddress], *, ask: bool) -> Markup:
    """Addresses without a word of hers, and the button for one that says what happened."""
    items = _EMPTY.join(
        Markup('<li><a href="{}">{}</a></li>').format(here(one.path), one.words) for one in kept
    )
    own = (
        Markup("<p>{}</p>{}").format(
            say("text_pages.link_ask"), button("/text/link", say("text_pages.link_make"), carry)
        )
        if ask
        else _EMPTY
    )
    return Markup('<section class="no-print"><h2>{}</h2><p>{}</p><ul>{}</ul>{}</section>').format(
        say("find.link_title"), say("text_pages.keep"), items, own
    )


def link_page(path: str, told: Sequence[str], carry: Fields, nation: Nation | None) -> TextPage:
    """The link that says what happened, made because somebody asked for it."""
    body = Markup('<p>{}</p><p class="own-link"><a href="{}">{}</a></p><p>{}</p>{}').format(
        say("text_pages.link_holds", needs=join_words(list(told))),
        here(path),
        here(path),
        say("text_pages.link_history"),
        button(HOME, say("check_page.back"), carry),
    )
    title = say("text_pages.link_title")
    return TextPage(title, title, body, nation=nation, carry=carry)


def words_page(scripts: Sequence[ScriptView], carry: Fields, nation: Nation | None) -> TextPage:
    """The words for a GP or midwife, in fields where they can be changed."""
    shown = [
        {
            "heading": s.match.service.name if s.match else say("text_pages.words"),
            "label": s.label,
            "text": s.text,
            "lines": [line for line in s.text.splitlines() if line.strip()],
            "rows": rows_of(s.text),
        }
        for s in scripts
    ]
    body = Markup("<p>{}</p>{}{}").format(
        say("script.intro"),
        draw("words.html", scripts=shown, change=say("text_pages.change_words")),
        button(HOME, say("check_page.back"), carry),
    )
    return TextPage(
        say("text_pages.words"), say("script.heading"), body, nation=nation, carry=carry
    )


def rows_of(text: str) -> int:
    """Lines that a text takes in a field on a phone."""
    return 1 + sum(1 + len(line) // _LETTERS_A_LINE for line in text.splitlines())


def ask_place_page(
    form: SearchForm, *, title: str, heading: str, intro: str, description: str
) -> TextPage:
    """A page that needs to know the place first, so it asks for that."""
    body = Markup("<p>{}</p>{}").format(intro, search_html(form))
    address = "" if form.to_mend or form.said else form.action
    return TextPage(title, heading, body, description, address, carry=form.said)
