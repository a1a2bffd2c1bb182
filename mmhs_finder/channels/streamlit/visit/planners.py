"""What a visit knows on the pages for planners, Coverage and Planning: one class a page.

Not for: the other pages (`parts`), or how a value is kept (`kept`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from mmhs_finder.channels.streamlit.visit.kept import Kept, PartOfVisit
from mmhs_finder.coverage.gaps import PRESETS, Preset, Weights
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import where_slug
from mmhs_finder.planning.plans import Plan


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
