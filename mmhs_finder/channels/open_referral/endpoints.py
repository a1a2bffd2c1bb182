"""What each address of the feed gives.

Not for: what stands before them (`channels.api.gate`), filters (`filtering`), or how they become an
app (`routes`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Request, Response

from mmhs_finder.application import Application
from mmhs_finder.channels.api import reading
from mmhs_finder.channels.api.mounting import DESCRIPTION
from mmhs_finder.channels.api.problems import NotAnswered, Trouble
from mmhs_finder.channels.api.serving import PAGES, Now, Paged, ServedNow, asks_only
from mmhs_finder.channels.open_referral.filtering import (
    FILTERS,
    FeedFilters,
    filters,
    fits,
    services_for,
)
from mmhs_finder.channels.open_referral.models import (
    AboutData,
    FeedServiceData,
    FeedServicePage,
    OrganizationData,
    OrganizationPage,
    ServiceAtLocationData,
    ServiceAtLocationPage,
    TaxonomyData,
    TaxonomyPage,
    TermData,
    TermPage,
)
from mmhs_finder.channels.shell.headers import OPEN_REFERRAL
from mmhs_finder.channels.text.addresses import public_address
from mmhs_finder.directory import Directory
from mmhs_finder.render.addresses import here
from mmhs_finder.render.json import Json
from mmhs_finder.render.open_referral.feed import PROFILE, VERSION, Feed, Records, in_short
from mmhs_finder.render.open_referral.ids import feed_id
from mmhs_finder.words import language

Asked = Annotated[FeedFilters, Depends(filters)]
RecordId = Annotated[str, Path(description="An id of the list.")]

feed: Final = APIRouter(tags=["feed"])


def feed_of(application: Application, day: date) -> Feed:
    """The feed of what is served, made once for a day and a language."""
    return application.once(_feed, day, language())


def _feed(application: Application, day: date, _language: str) -> Feed:
    return Feed(reading.public_of(application, day))


def _given(path: str, model: object, *asked: str) -> Callable[[Callable[..., Any]], Any]:
    """An address that gives records of a model: fields of which nothing is known are absent."""
    return feed.get(
        path,
        response_model=model,
        response_model_exclude_unset=True,
        dependencies=[asks_only(*asked)],
    )


def _one(
    request: Request,
    response: Response,
    served: ServedNow,
    kind: Callable[[Feed], Records],
    key: str,
) -> Json:
    """One record. Raises `NotAnswered`."""
    found = kind(feed_of(served.application, served.day)).by_id.get(key.lower())
    if found is None:
        raise NotAnswered(Trouble.NO_RECORD)
    reading.keep(request, response, served.application, served.day)
    return found


def _is_taken_out(directory: Directory, key: str) -> bool:
    """Whether it is the id of a service or line that is out while somebody checks its entry: who
    kept a copy is told to let go of it."""
    whole = directory.whole
    return whole is not None and key in {feed_id(*each) for each in _keys(whole) - _keys(directory)}


def _keys(directory: Directory) -> set[tuple[str, str]]:
    """As of the entries of the feed."""
    services = {("service", key) for key in directory.services}
    return services | {("line", row.id) for row in directory.national}


def _page(
    request: Request,
    response: Response,
    served: ServedNow,
    found: Sequence[Json],
    paging: reading.Paging,
) -> Json:
    """One page of a list, in short."""
    reading.keep(request, response, served.application, served.day)
    part = reading.part_of(request, response, found, paging)
    last = reading.last_page(found, paging)
    return {
        "total_items": len(found),
        "total_pages": last,
        "page_number": paging.page,
        "size": len(part),
        "first_page": paging.page == 1,
        "last_page": paging.page >= last,
        "empty": not part,
        "contents": [in_short(record) for record in part],
    }


@_given("/", AboutData)
def about(request: Request, response: Response, served: Now) -> Json:
    """Which profile the feed has, and where it is described."""
    reading.keep(request, response, served.application, served.day)
    base = public_address()
    described = {"openapi_url": f"{base}{here(OPEN_REFERRAL)}{DESCRIPTION}"} if base else {}
    return {"version": VERSION, "profile": PROFILE, **described}


@_given("/services", FeedServicePage, *FILTERS, *PAGES)
def services(
    request: Request, response: Response, served: Now, paging: Paged, asked: Asked
) -> Json:
    """Local services, national lines and charities, and services that were reported closed."""
    found = services_for(feed_of(served.application, served.day), asked)
    return _page(request, response, served, found, paging)


@_given("/services/{id}", FeedServiceData)
def service(
    id: RecordId,  # noqa: A002 - its name in the address
    request: Request,
    response: Response,
    served: Now,
) -> Json:
    """One service with its hours, areas, places, numbers and terms."""
    if _is_taken_out(served.directory, id.lower()):
        raise NotAnswered(Trouble.TAKEN_OUT)
    return _one(request, response, served, lambda feed: feed.services, id)


@_given("/organizations", OrganizationPage, *PAGES)
def organizations(request: Request, response: Response, served: Now, paging: Paged) -> Json:
    """Who runs services, by name."""
    found = feed_of(served.application, served.day).organizations.listed
    return _page(request, response, served, found, paging)


@_given("/organizations/{id}", OrganizationData)
def organization(
    id: RecordId,  # noqa: A002 - its name in the address
    request: Request,
    response: Response,
    served: Now,
) -> Json:
    """One of them with its services."""
    return _one(request, response, served, lambda feed: feed.organizations, id)


@_given("/service_at_locations", ServiceAtLocationPage, *FILTERS, *PAGES)
def service_at_locations(
    request: Request, response: Response, served: Now, paging: Paged, asked: Asked
) -> Json:
    """Services at the places where people are seen, where those are published."""
    every = feed_of(served.application, served.day).service_at_locations.listed
    found = [at for at in every if fits(at["service"], asked)]
    return _page(request, response, served, found, paging)


@_given("/service_at_locations/{id}", ServiceAtLocationData)
def service_at_location(
    id: RecordId,  # noqa: A002 - its name in the address
    request: Request,
    response: Response,
    served: Now,
) -> Json:
    """One of them with its place and its service."""
    return _one(request, response, served, lambda feed: feed.service_at_locations, id)


@_given("/taxonomies", TaxonomyPage, *PAGES)
def taxonomies(request: Request, response: Response, served: Now, paging: Paged) -> Json:
    """The lists of terms by which services are marked."""
    found = feed_of(served.application, served.day).taxonomies.listed
    return _page(request, response, served, found, paging)


@_given("/taxonomies/{id}", TaxonomyData)
def taxonomy(
    id: RecordId,  # noqa: A002 - its name in the address
    request: Request,
    response: Response,
    served: Now,
) -> Json:
    """One of them with its terms."""
    return _one(request, response, served, lambda feed: feed.taxonomies, id)


@_given("/taxonomy_terms", TermPage, *PAGES)
def taxonomy_terms(request: Request, response: Response, served: Now, paging: Paged) -> Json:
    """The terms of all lists."""
    found = feed_of(served.application, served.day).taxonomy_terms.listed
    return _page(request, response, served, found, paging)


@_given("/taxonomy_terms/{id}", TermData)
def taxonomy_term(
    id: RecordId,  # noqa: A002 - its name in the address
    request: Request,
    response: Response,
    served: Now,
) -> Json:
    """One term."""
    return _one(request, response, served, lambda feed: feed.taxonomy_terms, id)
