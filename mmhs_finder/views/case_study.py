"""The Integrate guide's examples of places: what it says of each, always as its word and not ours.

An example is about an area. It is never said of the service that serves the area, which may have no
part in it. Not for: which examples there are (`planning.integrate`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Certainty, Service, ServiceKind
from mmhs_finder.planning.integrate import CaseStudy, case_studies
from mmhs_finder.words import say


@dataclass(frozen=True)
class CaseStudyView:
    """An example, in words. codes: the ONS codes of its areas."""

    id: str
    place: str
    title: str
    what: str
    result: str
    source: str
    codes: tuple[str, ...]


def case_study_view(study: CaseStudy) -> CaseStudyView:
    return CaseStudyView(
        id=study.id,
        place=study.place,
        title=study.title,
        what=study.what,
        result=study.result or say("sheet_example.no_result"),
        source=say("sheet_example.source", source=study.source, where=study.where),
        codes=study.area_codes,
    )


def case_study_views(
    inside: Callable[[str], bool] | None = None,
) -> tuple[CaseStudyView, ...]:
    """The examples in the guide's order. inside: of a code of an area, whether it is looked at; an
    example of several areas needs one of them."""
    return tuple(
        case_study_view(study)
        for study in case_studies()
        if inside is None or any(inside(code) for code in study.area_codes)
    )


def case_study_lines(directory: Directory, service: Service) -> tuple[str, ...]:
    """What the guide says of the area of an MMHS, for its sheet; () where it says nothing.

    Only for an area that a source gives to the service: an inferred one may not be its own.
    """
    if service.kind is not ServiceKind.MMHS:
        return ()

    def is_its_own(code: str) -> bool:
        serving = directory.serving(code)
        return any(s.id == service.id and sure is Certainty.STATED for s, sure in serving)

    lines: list[str] = []
    for view in case_study_views(is_its_own):
        lines += [
            say("sheet_example.in_area", place=view.place, title=view.title, what=view.what),
            view.result,
            say("sheet_example.not_ours"),
            view.source,
        ]
    return tuple(lines)
