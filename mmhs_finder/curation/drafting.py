"""The cells that new answers change, and those that have to change with them.

A number for parents is public and confirmed, a page is the service's own, a condition stands
beside a yes, hours are there for people and for the computer, an area is served or a gap.
Not for: callers. They use `answering`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from mmhs_finder.curation.cells import value_problems
from mmhs_finder.curation.changeset import Proposed
from mmhs_finder.curation.contacts import Contacts
from mmhs_finder.curation.councils import Councils
from mmhs_finder.curation.evidence import AnswerProblem, Evidence
from mmhs_finder.curation.holding import (
    BY_ID,
    CRITERIA,
    NONE,
    SERVICES,
    held,
    is_same,
    items_of,
    rows_of,
    tidy,
)
from mmhs_finder.curation.questions import (
    AnswerKind,
    FormQuestion,
    choice_words,
    questions_for,
)
from mmhs_finder.curation.telling import is_own_page, own_domains, proof_problem
from mmhs_finder.curation.week import days_of, more_than_hours, only_hours, week_words
from mmhs_finder.directory.confirming import SURE
from mmhs_finder.directory.files import CsvFile
from mmhs_finder.directory.models import (
    Confidence,
    Pathway,
    PathwayOffer,
    PhoneStatus,
    ServiceKind,
    Status,
    WebsiteKind,
    YesNo,
)
from mmhs_finder.directory.said import names_a_way
from mmhs_finder.directory.vocabularies import PartnerSupport, Referrer
from mmhs_finder.words import say

_NEVER_NONE: Final = frozenset({"name", "provider", "area_code", "availability_as_of"})
_AVAILABILITY: Final = ("new_referrals", "wait_assessment_weeks", "wait_therapy_weeks")
_OF_LOSS: Final = ("loss_kinds", "termination_reasons", "max_child_age_months")
_MONTHS: Final = "max_months_since_event"
_ACTED_ON: Final = frozenset(
    {"email", "referrer_email", "website", "referral_url", "status", "provider"}
)
"""What sends people somewhere, or away. Who runs it says whose pages prove an answer."""

_CONTACTS: Final = ("phone", "referrer_phone", "email", "referrer_email")


class Draft:
    """The cells as they shall be, and the question that each rests on."""

    def __init__(
        self,
        tables: Mapping[str, CsvFile],
        service_id: str,
        answers: Mapping[str, str],
        evidence: Evidence,
    ) -> None:
        self.service_id, self.evidence = service_id, evidence
        self.service, self.criteria = rows_of(tables, service_id)
        self.councils = Councils(tables)
        self.contacts = Contacts.of(self.service)
        now = held(tables, service_id)
        asked = {q.id: q for q in questions_for(ServiceKind(self.service["kind"]))}
        self.given = {i: text for i, raw in answers.items() if (text := tidy(asked[i], raw))}
        self.new = {
            i: asked[i]
            for i in asked
            if i in self.given and not self._says_the_same(asked[i], now[i])
        }
        rows = [row.cells for row in tables[SERVICES].rows]
        self.others = [cells for cells in rows if cells.get("id") != service_id]
        self.own = own_domains(rows, self.service.get("provider", ""))
        self.cells: dict[tuple[str, str], str] = {}
        self.why: dict[tuple[str, str], str] = {}

    def _says_the_same(self, question: FormQuestion, before: str) -> bool:
        given = self.given[question.id]
        if given == NONE and not before:
            return not self._unsure(question.id)
        return is_same(question, given, before)

    def _unsure(self, question: str) -> bool:
        """Whether we hold something that is not held as an answer, so that "none" takes it away."""
        there = {
            "phone": self.contacts.parents_phone,
            "referrer_phone": self.contacts.referrers_phone,
            "partner_support": self.service.get("partner_support", ""),
            "hours_osm": only_hours(self.service.get("hours_text", ""), ""),
            _MONTHS: self.criteria.get("no_time_limit") != YesNo.YES,
        }
        return bool(there.get(question))

    def _now(self, column: str, file: str = SERVICES) -> str:
        before = self.service if file == SERVICES else self.criteria
        return self.cells.get((file, column), before.get(column, ""))

    def _set(self, question: str, column: str, value: str, file: str = SERVICES) -> None:
        self.cells[file, column] = value
        self.why.setdefault((file, column), question)

    # --- whether they can be used

    def unproven(self) -> tuple[str, ...]:
        """The questions whose answers people act on, and that somebody answered of whom it is not
        known whether it was the service: where to ring, to write and to look, also inside a text,
        who runs it, and that it has closed. A number is taken where no confirmed one stands, to be
        asked about."""
        told = self.evidence.told
        if told is None or told.how in SURE:
            return ()
        sure = {
            "phone": self.contacts.sure_phone,
            "referrer_phone": self.contacts.sure_referrers_phone,
        }
        return tuple(
            i
            for i, question in self.new.items()
            if (i in _ACTED_ON or sure.get(i) or self._names_a_way(question))
            and not any(self._wrong(question, self.given[i]))
        )

    def _names_a_way(self, question: FormQuestion) -> bool:
        """Whether a text would send people to a number, an address or a page."""
        is_text = question.kind in (AnswerKind.TEXT, AnswerKind.CONDITION)
        return is_text and names_a_way(self.given[question.id])

    def problems(self) -> tuple[AnswerProblem, ...]:
        found = [
            AnswerProblem(i, self.given[i], message)
            for i, question in self.new.items()
            for message in self._wrong(question, self.given[i])
        ]
        found += [
            AnswerProblem(i, self.given[i], say("ask_problem.unproven")) for i in self.unproven()
        ]
        return tuple(found) or (*self._clashes(), *self._proofs_lost())

    def _proofs_lost(self) -> Iterator[AnswerProblem]:
        """An answer after which its own proof would belong to nobody: another site, or another
        organisation. That is told by itself first, by a page."""
        told = self.evidence.told
        asked = next((i for i in ("website", "provider") if i in self.new), "")
        if told is None or told.how not in SURE or not asked:
            return
        cells = dict(self.service)
        for i in {"website", "provider"} & self.new.keys():
            cells[i] = "" if self.given[i] == NONE else self.given[i]
        cells["website_kind"] = WebsiteKind.SERVICE_PAGE.value if cells["website"] else ""
        if "website" not in self.new:
            cells["website_kind"] = self.service.get("website_kind", "")
        own = own_domains([*self.others, cells], cells.get("provider", ""))
        if proof_problem(told.how.value, told.proof, own):
            yield AnswerProblem(asked, self.given[asked], say("ask_problem.other_site"))

    def _wrong(self, question: FormQuestion, answer: str) -> Iterator[str]:
        if answer == NONE:
            if question.kind is AnswerKind.CHOICE or question.id in _NEVER_NONE:
                yield say("ask_problem.never_none")
            return
        if question.kind is AnswerKind.COUNCILS:
            areas, unknown = self.councils.read(answer)
            if unknown:
                yield say("ask_problem.no_council", name=unknown[0])
            elif whole := self.councils.overlapping(areas):
                yield say("ask_problem.whole_and_part", name=whole)
            return
        if question.choices and not {*items_of(answer)} <= {*question.choices}:
            yield say("ask_problem.no_choice")
            return
        if question.kind is AnswerKind.HOURS and days_of(answer) is None:
            yield say("ask_problem.hours")
        elif not question.choices:
            yield from value_problems(question.file, question.column, answer, self.evidence.day)

    def _clashes(self) -> Iterator[AnswerProblem]:
        """Answers that contradict each other."""
        after = {**dict.fromkeys(BY_ID, ""), **self.given}
        asks = after["self_referral"] or self.service.get("self_referral", "")
        excepted = self._newly("self_referral_except")
        if excepted not in ("", NONE) and asks != YesNo.YES:
            yield AnswerProblem("self_referral_except", excepted, say("ask_problem.not_herself"))
        for pathway in Pathway:
            condition = f"{pathway}_only_if"
            is_no = (after[pathway] or self.criteria.get(pathway, "")) == PathwayOffer.NO
            if is_no and condition in self.new and self.given[condition] != NONE:
                yield AnswerProblem(condition, self.given[condition], say("ask_problem.helps_not"))
        months = after[_MONTHS]
        limits = months not in ("", NONE) and after["no_time_limit"] == YesNo.YES
        if limits and not self.new.keys().isdisjoint({_MONTHS, "no_time_limit"}):
            yield AnswerProblem(_MONTHS, months, say("ask_problem.limit_and_none"))

    # --- what they change

    def changes(self) -> list[Proposed]:
        for i, question in self.new.items():
            self._take(question, "" if self.given[i] == NONE else self.given[i])
        self._together()
        answered = [self._line(*key, value) for key, value in self.cells.items()]
        found = [change for change in answered if change.old != change.new]
        if "area_code" in self.new:
            found += self._areas()
        return found + self._backing(bool(found))

    def _take(self, question: FormQuestion, value: str) -> None:
        """The cell of the question itself, and those that say what it is."""
        i = question.id
        if i in ("phone", "referrer_phone"):
            whose = "parents" if i == "phone" else "referrers"
            status = self._status_of_number() if value else ""
            changed = {f"{whose}_phone": value, f"{whose}_status": status}
            self.contacts = replace(self.contacts, **changed)
        elif i in ("email", "referrer_email"):
            whose = "parents" if i == "email" else "referrers"
            self.contacts = replace(self.contacts, **{f"{whose}_email": value})
        elif i == "website":
            self._set(i, "website", value)
            self._set(i, "website_kind", WebsiteKind.SERVICE_PAGE.value if value else "")
        elif i == "partner_support":
            self._set(i, i, value or PartnerSupport.NO.value)
        elif i == "referrers":
            wanted = (*items_of(value), Referrer.SELF.value)  # she is a question of her own
            kept = [each for each in items_of(self.service.get(i, "")) if each in wanted]
            self._set(i, i, ";".join(dict.fromkeys((*kept, *items_of(value)))))
        elif i not in ("hours_osm", "hours_text", "area_code"):
            self._set(i, question.column, value, question.file)

    def _status_of_number(self) -> str:
        """A number is confirmed by the service that is known to have given it, or by a page of its
        organisation's own. Else nobody rings it until somebody has asked."""
        e, own = self.evidence, self.own
        sure = e.told.how in SURE if e.told else is_own_page(e.source, own)
        return PhoneStatus.CONFIRMED.value if sure else PhoneStatus.CHECK.value

    def _together(self) -> None:
        """What follows for other cells."""
        contacts = next((i for i in _CONTACTS if i in self.new), "")
        for column, value in self.contacts.cells().items() if contacts else ():
            because = column if column in self.new else contacts
            self._set(because, column, value)
        if {"hours_osm", "hours_text"} & self.new.keys():
            self._hours()
        if {"self_referral", "referrers"} & self.new.keys():
            self._herself()
        for pathway in Pathway if self.criteria else ():
            self._pathway(pathway)
        if _MONTHS in self.new and "no_time_limit" not in self.new:
            limit = self._now(_MONTHS, CRITERIA)
            if not limit or self._now("no_time_limit", CRITERIA) == YesNo.YES:
                self._set(_MONTHS, "no_time_limit", "no" if limit else "yes", CRITERIA)
        elif self._newly("no_time_limit") == YesNo.YES:
            self._set("no_time_limit", _MONTHS, "", CRITERIA)
        if self._newly("status") == Status.CLOSED:
            self._closed()
        elif "status" in self.new and self._now("closed_said_by"):
            self._set("status", "closed_said_by", "")
        if self.councils.of(self.service_id) or "area_code" not in self.new:
            return
        if self._now("takes_from_anywhere") == YesNo.YES:
            self._set("area_code", "takes_from_anywhere", "")

    def _newly(self, question: str) -> str:
        return self.given[question] if question in self.new else ""

    def _hours(self) -> None:
        text, rules = self.service.get("hours_text", ""), self.service.get("hours_osm", "")
        said, more = only_hours(text, rules), more_than_hours(text, rules)
        if "hours_osm" in self.new:
            rules = "" if self.given["hours_osm"] == NONE else self.given["hours_osm"]
            said = week_words(days_of(rules) or {})
            self._set("hours_osm", "hours_osm", rules)
        if "hours_text" in self.new:
            more = "" if self.given["hours_text"] == NONE else self.given["hours_text"]
        stop = "." if said and more and said[-1] not in ".!?" else ""
        because = "hours_osm" if "hours_osm" in self.new else "hours_text"
        self._set(because, "hours_text", f"{said}{stop} {more}".strip())

    def _herself(self) -> None:
        """Who may refer holds herself if, and only if, she may."""
        asks = self._now("self_referral")
        because = "self_referral" if "self_referral" in self.new else "referrers"
        who = items_of(self._now("referrers"))
        if asks == YesNo.YES and Referrer.SELF not in who:
            self._set(because, "referrers", ";".join((*who, Referrer.SELF)))
        elif asks == YesNo.NO:
            others = [each for each in who if each != Referrer.SELF]
            self._set(because, "referrers", ";".join(others))
            self._set(because, "self_referral_except", "")

    def _pathway(self, pathway: Pathway) -> None:
        """A condition stands beside a yes only; what is not helped with has no kinds and limits."""
        condition = f"{pathway}_only_if"
        if self._newly(condition) not in ("", NONE):
            self._set(condition, pathway.value, PathwayOffer.YES.value, CRITERIA)
        if self._newly(pathway.value) != PathwayOffer.NO:
            return
        self._set(pathway.value, condition, "", CRITERIA)
        for column in ("only_if_pregnant", "only_if_not_pregnant"):
            left = [each for each in items_of(self._now(column, CRITERIA)) if each != pathway]
            self._set(pathway.value, column, ";".join(left), CRITERIA)
        for column in _OF_LOSS if pathway is Pathway.LOSS else ():
            self._set(pathway.value, column, "", CRITERIA)

    def _closed(self) -> None:
        e = self.evidence
        who = say("ask_data.service") if e.told else say("ask_data.page")
        self._set("status", "closed_said_by", who)
        self._set("status", "source_date", (not e.told and e.source_date) or e.day.isoformat())

    def _areas(self) -> list[Proposed]:
        areas, _ = self.councils.read(self.given["area_code"])
        note = say(
            "ask_data.gap",
            name=self.service.get("name", ""),
            day=self.evidence.day.isoformat(),
            source=self.evidence.source,
        )
        changes = self.councils.changes(self.service_id, areas, note)
        return [self._with_evidence("area_code", *each) for each in changes]

    def _backing(self, something: bool) -> list[Proposed]:
        """Who stands behind the row from now on, and of which day its availability is."""
        e, told = self.evidence, self.evidence.told
        cells: dict[str, str] = {}
        given = any(self.given.get(i) for i in _AVAILABILITY)
        if given and "availability_as_of" not in self.new:
            cells["availability_as_of"] = e.day.isoformat()
        if told and told.how in SURE and not told.whole:
            pass  # what the row is called stays: it was asked about these answers alone
        elif told:
            cells |= {
                "told_on": e.day.isoformat(),
                "told_by": told.role.strip(),
                "told_how": told.how.value,
                "told_proof": told.proof,
            }
        elif told is None and (something or cells):
            if self.service.get("told_on"):
                cells |= dict.fromkeys(("told_on", "told_by", "told_how", "told_proof"), "")
            cells |= self._page()
        found = [self._line(SERVICES, column, value) for column, value in cells.items()]
        return [change for change in found if change.old != change.new]

    def _page(self) -> dict[str, str]:
        """The page that was read: its address, its date where it is newer, the day."""
        e, sources = self.evidence, items_of(self.service.get("source_urls", ""))
        cells = {"checked_on": e.day.isoformat()}
        if e.source.startswith("http") and e.source not in sources:
            cells["source_urls"] = ";".join((*sources, e.source))
        if e.source_date > self.service.get("source_date", "") and (
            (SERVICES, "source_date") not in self.cells
        ):
            cells["source_date"] = e.source_date
        return cells

    def _line(self, file: str, column: str, value: str) -> Proposed:
        before = self.service if file == SERVICES else self.criteria
        old = before.get(column, "")
        because = self.why.get((file, column), "")
        return self._with_evidence(because, file, self.service_id, column, old, value)

    def _with_evidence(
        self, question: str, file: str, row: str, column: str, old: str, new: str
    ) -> Proposed:
        e = self.evidence
        quote = e.quote
        if not quote:
            words = BY_ID[question].words if question else say("ask_data.confirmed")
            quote = f"{words} {self._spoken(question)}".strip()
        date_of = e.source_date if not e.told and e.source_date else e.day.isoformat()
        return Proposed(
            file, row, column, old, new, e.source, quote, date_of, Confidence(e.confidence).value
        )

    def _spoken(self, question: str) -> str:
        """An answer as it is quoted."""
        answer = self.given.get(question, "")
        asked = BY_ID.get(question)
        if asked and asked.choices and answer != NONE:
            return "; ".join(choice_words(each) for each in items_of(answer))
        if asked and asked.kind is AnswerKind.HOURS and (days := days_of(answer)):
            return week_words(days)
        return answer
