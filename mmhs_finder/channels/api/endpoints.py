"""What each address gives: FastAPI reads what is asked for, and `render` draws it from a view.

Endpoints are functions that wait for nothing but the directory in memory, and run in threads.
Not for: what stands before them (`gate`), or how they become an app (`routes`).
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError

from mmhs_finder.channels.api import answering, reading
from mmhs_finder.channels.api.asked_for import AskedAnswer
from mmhs_finder.channels.api.models.answers import AnswerData
from mmhs_finder.channels.api.problems import NotAnswered, Trouble
from mmhs_finder.channels.api.records import (
    AreaPage,
    AreaWithServices,
    ChangePage,
    ClosedRecord,
    CoverageData,
    LinePage,
    MmhsRecord,
    ServicePage,
    ServiceRecord,
    VersionData,
)
from mmhs_finder.channels.api.serving import PAGES, Now, Paged, ServedNow, asks_only
from mmhs_finder.channels.text.kept_files import A_MINUTE
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.directory.models import Pathway, ServiceKind, Status, YesNo
from mmhs_finder.directory.vocabularies import SupportKind, Topic
from mmhs_finder.nation import Nation
from mmhs_finder.render.json import Json
from mmhs_finder.render.public_json import (
    area_json,
    area_record_json,
    change_json,
    line_record_json,
    service_record_json,
)
from mmhs_finder.views.public import Wanted

_CODE: Final = r"^[A-Za-z0-9-]{2,12}$"

AreaCode = Annotated[str, Path(description="A code of `/v1/areas`.", examples=["E07000106"])]
OfIcb = Annotated[str | None, Query(pattern=_CODE, description="Code of an ICB since April 2026.")]

api: Final = APIRouter(prefix="/v1")


def _known_area(served: ServedNow, code: str) -> str:
    if code not in served.directory.areas:
        raise NotAnswered(Trouble.NO_AREA)
    return code


def _known_icb(served: ServedNow, code: str | None, field: str = "icb") -> str | None:
    known = {area.icb_2026_code for area in served.directory.areas.values()}
    if code is not None and code not in known:
        raise RequestValidationError([{"type": "unknown_code", "loc": ("query", field)}])
    return code


# --- answers -------------------------------------------------------------------------------------


@api.post("/answers", response_model=AnswerData, dependencies=[asks_only()], tags=["answers"])
def answers(asked: AskedAnswer, served: Now, response: Response) -> Json:
    """The answer for a place.

    Which services are there, what else is near, who answers now; with `answers`, what looks right
    and what to do next. Nobody may keep it.
    """
    response.headers["Cache-Control"] = "no-store"
    return answering.answer_for(served.application, asked, served.at)


@api.get("/areas", response_model=AreaPage, dependencies=[asks_only(*PAGES)], tags=["areas"])
def areas(request: Request, response: Response, served: Now, paging: Paged) -> Json:
    """Every English council, and the parts of those that are split between services."""
    reading.keep(request, response, served.application, served.day)
    found = sorted(served.directory.areas.values(), key=lambda area: (area.name, area.code))
    return reading.paged(
        request, response, found, paging, lambda area: area_json(served.directory, area)
    )


@api.get(
    "/areas/{code}", response_model=AreaWithServices, dependencies=[asks_only()], tags=["areas"]
)
def area(code: AreaCode, request: Request, response: Response, served: Now) -> Json:
    """One area, and who is known to serve it."""
    found = served.directory.areas[_known_area(served, code)]
    reading.keep(request, response, served.application, served.day)
    return area_record_json(served.directory, found)


@api.get(
    "/areas/{code}/answer", response_model=AnswerData, dependencies=[asks_only()], tags=["answers"]
)
def answer_of_area(code: AreaCode, response: Response, served: Now) -> Json:
    """The answer for an area, with nothing said of a person.

    It may be kept for a minute: "open now" is part of it. To say what happened, use `/v1/answers`.
    """
    response.headers["Cache-Control"] = A_MINUTE
    return answering.area_answer(served.application, code, served.at)


# --- the directory -------------------------------------------------------------------------------


@api.get(
    "/services",
    response_model=ServicePage,
    dependencies=[asks_only("kind", "area", "icb", "pathway", "self_referral", "status", *PAGES)],
    tags=["directory"],
)
def services(
    request: Request,
    response: Response,
    served: Now,
    paging: Paged,
    kind: Annotated[ServiceKind | None, Query(description="What sort of service.")] = None,
    area: Annotated[
        str | None, Query(pattern=_CODE, description="Code of an area that it serves.")
    ] = None,
    icb: OfIcb = None,
    pathway: Annotated[
        Pathway | None, Query(description="Only those that say that they help with it.")
    ] = None,
    self_referral: Annotated[
        YesNo | None, Query(description="Whether people can refer themselves.")
    ] = None,
    status: Annotated[
        Status | None, Query(description="Without it: all that are not closed.")
    ] = None,
) -> Json:
    """Local services, by kind and name, wherever somebody lives."""
    if area is not None and area not in served.directory.areas:
        raise RequestValidationError([{"type": "unknown_code", "loc": ("query", "area")}])
    _known_icb(served, icb)
    reading.keep(request, response, served.application, served.day)
    wanted = Wanted(kind, area, icb, pathway, self_referral, status)
    found = reading.public_of(served.application, served.day).services_for(wanted)
    return reading.paged(request, response, found, paging, service_record_json)


@api.get(
    "/services/{id}",
    response_model=MmhsRecord | ServiceRecord | ClosedRecord,
    dependencies=[asks_only()],
    tags=["directory"],
)
def service(
    id: Annotated[  # noqa: A002 - its name in the address
        str, Path(description="An id of `/v1/services`.")
    ],
    request: Request,
    response: Response,
    served: Now,
) -> Json:
    """One service. One that has closed says so, and keeps its address."""
    if served.directory.is_taken_out(id):
        raise NotAnswered(Trouble.TAKEN_OUT)
    try:
        found = reading.public_of(served.application, served.day).service(id)
    except KeyError:
        raise NotAnswered(Trouble.NO_SERVICE) from None
    reading.keep(request, response, served.application, served.day)
    return service_record_json(found)


@api.get(
    "/national-support",
    response_model=LinePage,
    dependencies=[asks_only("nation", "kind", "topic", *PAGES)],
    tags=["directory"],
)
def national_support(
    request: Request,
    response: Response,
    served: Now,
    paging: Paged,
    nation: Annotated[Nation | None, Query(description="Where it can be used.")] = None,
    kind: Annotated[SupportKind | None, Query(description="What sort of help.")] = None,
    topic: Annotated[
        Topic | None,
        Query(
            description="What it helps with. `domestic_abuse` is in a list only where it is asked "
            "for: somebody may see the screen."
        ),
    ] = None,
) -> Json:
    """National lines, charities and routes into care."""
    reading.keep(request, response, served.application, served.day)
    found = reading.public_of(served.application, served.day).lines(nation, kind, topic)
    return reading.paged(request, response, found, paging, line_record_json)


@api.get(
    "/coverage",
    response_model=CoverageData,
    dependencies=[asks_only("measure", "level", "where")],
    tags=["directory"],
)
def coverage(
    request: Request,
    response: Response,
    served: Now,
    measure: Annotated[Measure, Query(description="What is asked of each area.")] = Measure.MMHS,
    level: Annotated[Level, Query(description="Which areas.")] = Level.COUNCIL,
    where: Annotated[
        str | None,
        Query(
            pattern=r"^[A-Za-z0-9 ]{2,60}$",
            description="An NHS region by its name, or an ICB by its code; England without it.",
        ),
    ] = None,
) -> Json:
    """Which help is known where. What is not known is a value of its own."""
    found = reading.place_of_coverage(served.application, served.day, where)
    if found is None or level not in served.application.coverage(served.day).levels(found):
        raise RequestValidationError([{"type": "unknown_code", "loc": ("query", "where")}])
    reading.keep(request, response, served.application, served.day)
    return reading.coverage_of(served.application, served.day, level, measure, found)


@api.get(
    "/changes",
    response_model=ChangePage,
    dependencies=[asks_only("place", *PAGES)],
    tags=["directory"],
)
def changes(
    request: Request,
    response: Response,
    served: Now,
    paging: Paged,
    place: Annotated[
        str | None,
        Query(pattern=_CODE, description="Code of an ICB, `england` (all of it) or `nations`."),
    ] = None,
) -> Json:
    """What was changed in the directory, the newest day first."""
    history = served.application.history
    if place is not None and not history.is_place(place):
        raise RequestValidationError([{"type": "unknown_code", "loc": ("query", "place")}])
    reading.keep(request, response, served.application, served.day)
    return reading.paged(request, response, history.of(place or ""), paging, change_json)


@api.get("/version", response_model=VersionData, dependencies=[asks_only()], tags=["directory"])
def version(request: Request, response: Response, served: Now) -> Json:
    """Which version answers, how old the directory is, and how it may be used."""
    reading.keep(request, response, served.application, served.day)
    return reading.version(served.application, served.day)
