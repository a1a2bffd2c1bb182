"""What a visit knows on each page: one class a page, the names of its widgets with it.

Not for: the search, which every page knows (`Visit`), or how a value is kept (`kept`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from types import MappingProxyType
from typing import Any

from mmhs_finder.channels.streamlit.bulk_job import Job, ListOpening, Upload
from mmhs_finder.channels.streamlit.visit.kept import Kept, PartOfVisit
from mmhs_finder.coverage.gaps import PRESETS, Preset, Weights
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import where_slug
from mmhs_finder.directory.models import Pathway
from mmhs_finder.planning.plans import Plan
from mmhs_finder.views.suggesting import CorrectionTold


class AnswersOfForm(PartOfVisit):
    """The answers of one set of questions, each under its own name."""

    def __init__(self, prefix: str, session: MutableMapping[Any, Any] | None = None) -> None:
        """prefix: "answer" for a person's own, "case" for those of somebody who refers."""
        super().__init__(session)
        self.prefix = prefix

    def key(self, question: str) -> str:
        return f"{self.prefix}_{question}"

    def said(self, question: str) -> str | None:
        """The choice that was taken, or None."""
        value = self.session.get(self.key(question))
        return value if isinstance(value, str) else None

    @property
    def opened(self) -> str | None:
        """The question that is unfolded when the page opens; the same until she begins again, so
        that nothing folds up while she answers.
        """
        return self.session.get(self._opened)

    def open_first(self, question: str) -> None:
        self.session.setdefault(self._opened, question)

    @property
    def _opened(self) -> str:
        return f"{self.prefix}-opened"

    @property
    def safety_key(self) -> str:
        return self.key("safety")

    @property
    def include_key(self) -> str:
        """Whether the answers stand on the page to take along."""
        return self.key("include")

    def clear(self) -> None:
        """Empties every answer. One that were only deleted would still look chosen in the
        browser."""
        self.forget(self._opened)
        for key in self.keys_of(f"{self.prefix}_"):
            self.session[key] = False if isinstance(self.session[key], bool) else None

    def choose_none(self, question: str) -> None:
        """Empties a question of which several choices may be taken."""
        self.session[self.key(question)] = []


class ScriptFields(PartOfVisit):
    """The words to use, as a person has changed them."""

    _round = Kept[int]("script_round", 0)  # how often she has begun again: the fields are new ones

    def key(self, name: str, needs: Sequence[Pathway]) -> str:
        """name: the service's id, or "none"."""
        return f"script_{self._round}_{name}_{'_'.join(needs)}"

    @staticmethod
    def download_key(name: str) -> str:
        return f"download_{name}"

    def clear(self) -> None:
        """Gives back our own words."""
        before = self._round
        for key in self.keys_of("script_"):
            del self.session[key]
        self._round = before + 1


class ReferralChoices(PartOfVisit):
    """What is chosen on the page for professionals."""

    view = Kept[str | None]("professional_view", None)
    link_followed = Kept[str | None]("professional_asked", None)  # the service a link has opened

    def __init__(self, searches: int, session: MutableMapping[Any, Any] | None = None) -> None:
        """searches: of this visit; after each one the choices are new ones."""
        super().__init__(session)
        self._searches = searches

    @property
    def service_key(self) -> str:
        return f"professional_service_{self._searches}"

    @property
    def services_key(self) -> str:
        return f"professional_services_{self._searches}"

    @property
    def has_chosen(self) -> bool:
        """Whether a service is chosen, by hand or by a link."""
        return self.session.get(self.service_key) is not None

    def follow_link(self, service: str, view: str) -> None:
        """Shows the sheet of a service that a link names."""
        self.link_followed = self.session[self.service_key] = service
        self.view = view

    def leave_sheet(self) -> None:
        """Somebody is on the list of services: the next link to a sheet is followed anew."""
        self.forget(ReferralChoices.link_followed.key)


class ListChoices(PartOfVisit):
    """Filters, order and page of the list of services."""

    text = Kept[str | None]("listing_text", None)
    sort = Kept[str | None]("listing_sort", None)
    page = Kept[int | None]("listing_page", None)
    kinds = Kept[str | None]("services_kinds", None)  # no filter: "clear" leaves it
    shows_map = Kept[bool]("services_map", False)
    PREVIOUS = "listing-previous"
    NEXT = "listing-next"
    MAP = "listing-map-view"

    @staticmethod
    def key(name: str) -> str:
        """Where the values of a filter are kept."""
        return f"listing_{name}"

    def clear(self) -> None:
        for key in self.keys_of("listing_"):
            del self.session[key]


class UploadedList(PartOfVisit):
    """A list of postcodes that somebody has brought: what it is, and the work on it."""

    upload = Kept[Upload | None]("bulk_upload", None)
    of_sheet = Kept[Upload | None]("bulk_of_sheet", None)  # the sheet that was chosen
    opening = Kept[ListOpening | None]("bulk_opening", None)
    job = Kept[Job | None]("bulk_job", None)
    said = Kept[str]("bulk_said", "")
    deletions = Kept[int]("bulk_deletions", 0)
    CANCEL = "bulk_cancel"
    AGAIN = "bulk_again"
    SAMPLE = "bulk_sample"
    DOWNLOAD = "bulk_download"
    DELETE = "bulk_delete"

    @property
    def file_key(self) -> str:
        """Of the upload's box: after "delete" it is a new, empty one."""
        return f"bulk_file_{self.deletions}"

    @staticmethod
    def column_key(file_id: str, sheet: str = "") -> str:
        return f"bulk_column_{file_id}_{sheet}"

    @staticmethod
    def sheet_key(file_id: str) -> str:
        return f"bulk_sheet_{file_id}"

    def take_said(self) -> str:
        """What there is to be said about the last thing done; once."""
        return str(self.forget(UploadedList.said.key) or "")

    def take_job(self) -> Job | None:
        job: Job | None = self.forget(UploadedList.job.key)
        return job

    def take_opening(self) -> ListOpening | None:
        opening: ListOpening | None = self.forget(UploadedList.opening.key)
        return opening

    def take_upload(self) -> Upload | None:
        self.forget(UploadedList.of_sheet.key)
        upload: Upload | None = self.forget(UploadedList.upload.key)
        return upload


class CoverageChoices(PartOfVisit):
    """What is chosen on the coverage page, and what came of the link that opened it."""

    where = Kept[str]("coverage_where", ENGLAND.code)
    level = Kept[str]("coverage_level", Level.COUNCIL.value)
    measure = Kept[str]("coverage_measure", Measure.MMHS.value)
    view = Kept[str | None]("coverage_view", None)
    link = Kept[str | None]("coverage_link", None)  # to what is shown now
    link_taken = Kept[bool]("coverage_restored", False)
    link_unknown = Kept[bool]("coverage_link_unknown", False)
    examples = Kept[bool]("coverage_examples", False)  # those of the Integrate guide
    filter = Kept[str | None]("coverage_filter", None)
    scaling = Kept[str | None]("coverage_scaling", None)
    gap_values = Kept[Sequence[str] | None]("coverage_gap_values", None)
    preset = Kept[str | None]("coverage_preset", None)
    since = Kept[str | None]("coverage_since", None)  # an earlier day, as 2026-11-22
    against = Kept[str]("coverage_against", "births_deprivation")
    GAP_PAGE = "coverage_gap_page"
    NEED_PAGE = "coverage_need_page"
    UNREACHED_PAGE = "coverage_unreached_page"
    scenario = Kept[str]("coverage_scenario", "")  # as `written` has it, or as a link had it
    what_if_service = Kept[str | None]("what_if_service", None)
    what_if_icb = Kept[str | None]("what_if_icb", None)
    what_if_map = Kept[str | None]("what_if_map", None)
    WHAT_IF_CLEAR = "what-if-clear"
    WHAT_IF_ALL = "what-if-all"
    WHAT_IF_ASSUME = "what-if-assume"
    WHAT_IF_ASSUME_ADDED = "what-if-assume-added"

    @staticmethod
    def area_key(level: Level) -> str:
        return f"coverage_area_{level.value}"

    @staticmethod
    def page_key(level: Level) -> str:
        return f"coverage_page_{level.value}"

    @staticmethod
    def weight_key(name: str) -> str:
        return f"coverage_weight_{name}"

    def weights(self) -> Weights:
        """How much each figure counts: as the sliders stand, at first all alike."""
        usual = PRESETS[Preset.EQUAL]
        return Weights(
            **{
                name: float(self.session.get(self.weight_key(name), of))
                for name, of in vars(usual).items()
            }
        )

    def weigh(self, weights: Weights) -> None:
        """Sets the sliders."""
        for name, weight in vars(weights).items():
            self.session[self.weight_key(name)] = int(weight)

    @staticmethod
    def map_key(level: Level, where: Where) -> str:
        """A map of its own for each place: each begins with a view of its own."""
        return f"coverage-map-{level.value}-{where_slug(where)}"

    @staticmethod
    def what_if_map_key(level: Level, where: Where) -> str:
        """Of the map of a scenario, and of the one beside it: they keep one place and one zoom."""
        return f"what-if-map-{level.value}-{where_slug(where)}"

    @staticmethod
    def what_if_step_key(place: int) -> str:
        return f"what-if-step-{place}"

    @staticmethod
    def what_if_take_out_key(key: str) -> str:
        """key: the service or ICB that is taken out of the scenario."""
        return f"what-if-out-{key}"

    @staticmethod
    def what_if_offers_key(key: str) -> str:
        """What is assumed of a service, or of the new one of an ICB, until it is said to be."""
        return f"what_if_offers_{key}"

    @staticmethod
    def file_key(kind: str) -> str:
        return f"coverage-file-{kind}"

    @staticmethod
    def turn_key(page_key: str, way: str) -> str:
        """Of the button that turns a list of pages. way: "previous" or "next"."""
        return f"{page_key}-{way}"

    def area(self, level: Level) -> str | None:
        """The code of the area that is chosen at a level."""
        code: str | None = self.session.get(self.area_key(level))
        return code

    def choose_area(self, level: Level, code: str | None) -> None:
        self.session[self.area_key(level)] = code

    def page(self, page_key: str) -> int:
        """The page that a list is at, from 0."""
        return int(self.session.get(page_key) or 0)

    def turn(self, page_key: str, page: int) -> None:
        self.session[page_key] = page

    def begin_lists(self) -> None:
        """Every list at its first page: it is of another place now."""
        for key in (self.GAP_PAGE, self.NEED_PAGE, self.UNREACHED_PAGE, *map(self.page_key, Level)):
            self.turn(key, 0)

    def pressed_area(self, level: Level, where: Where) -> str | None:
        """The code that the map says was pressed last; None before there was one. It comes from the
        browser: it may be anything."""
        pressed = self.session.get(self.map_key(level, where))
        code = pressed.get("area") if isinstance(pressed, Mapping) else None
        return code if isinstance(code, str) else None


class ChangesChoices(PartOfVisit):
    """What is chosen on the page "What has changed", and the link that opened it."""

    place = Kept[str]("changes_place", "")
    what = Kept[str]("changes_what", "")
    month = Kept[str]("changes_month", "")
    page = Kept[int]("changes_page", 1)
    link_followed = Kept[str | None]("changes_asked", None)  # what it asked for, as a query
    NEWER = "changes-newer"
    OLDER = "changes-older"

    def begin_list(self) -> None:
        """The list at its first page: it is of something else now."""
        self.page = 1

    def keep_within(self, key: str, known: Collection[str]) -> None:
        """Leaves a choice that there is no more, as after the directory has changed."""
        if self.session.get(key, "") not in known:
            self.session[key] = ""


class PlanningChoices(PartOfVisit):
    """The figures of the workforce model and the answers to the checklist."""

    view = Kept[str | None]("planning_view", None)
    areas = Kept[Sequence[str]]("workforce_areas", ())  # the codes of what was chosen
    births = Kept[float | None]("workforce_births", None)
    plans = Kept[Mapping[str, Plan]]("workforce_plans", MappingProxyType({}))  # kept, by name
    RESET = "workforce_reset"
    KEEP = "workforce_keep"
    GUIDE = "workforce_guide"
    ENGLAND = "workforce_england"
    CLEAR_CHECKLIST = "practice_clear"

    @staticmethod
    def assumption_key(name: str) -> str:
        return f"workforce_set_{name}"

    @staticmethod
    def pay_key(band: str) -> str:
        return f"workforce_pay_{band}"

    @staticmethod
    def away_key(plan: str) -> str:
        """Of the button that takes a kept plan away."""
        return f"workforce_away_{plan}"

    @staticmethod
    def line_key(line: str) -> str:
        return f"practice_{line}"

    @staticmethod
    def chart_key(name: str) -> str:
        return f"chart-{name}"

    def assumption(self, name: str) -> float:
        """As it is shown: a share as per cent."""
        return float(self.session[self.assumption_key(name)])

    def assume(self, name: str, value: float) -> None:
        self.session[self.assumption_key(name)] = value

    def line(self, line: str) -> str | None:
        """What was answered to a line of the checklist."""
        answer: str | None = self.session.get(self.line_key(line))
        return answer

    def clear_checklist(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.session[self.line_key(line)] = None


class CorrectionForm(PartOfVisit):
    """What somebody says about an entry, until it is sent."""

    entry = Kept[str | None]("correction_entry", None)
    fact = Kept[str | None]("correction_fact", None)
    right = Kept[str | None]("correction_right", None)
    how = Kept[str | None]("correction_how", None)
    link = Kept[str | None]("correction_link", None)
    told = Kept[CorrectionTold | None]("correction_told", None)  # what came of the last
    sent = Kept[int]("correction_sent", 0)
    entry_key = "correction_entry"
    fact_key = "correction_fact"
    right_key = "correction_right"
    how_key = "correction_how"
    link_key = "correction_link"

    def clear(self) -> None:
        """Empties the form."""
        for key in (self.entry_key, self.fact_key, self.how_key):
            self.session[key] = None
        self.session[self.right_key] = self.session[self.link_key] = ""
