"""Taxonomies, their terms, and the attributes that mark a record with a term.

Not for: which terms there are, or what is marked with which (`views.feed`).
"""

from __future__ import annotations

from collections.abc import Iterable

from mmhs_finder.render.json import Json
from mmhs_finder.render.open_referral.ids import feed_id
from mmhs_finder.views.feed import TERMS, Taxonomy, Term
from mmhs_finder.words import say


def taxonomy_id(taxonomy: Taxonomy) -> str:
    return feed_id("taxonomy", taxonomy.value)


def term_id(term: Term) -> str:
    return feed_id("term", term.taxonomy.value, term.value)


def taxonomy_record(taxonomy: Taxonomy) -> Json:
    """A taxonomy with its terms."""
    return {
        "id": taxonomy_id(taxonomy),
        "name": TERMS[taxonomy][0].taxonomy_name,
        "description": say("api_feed.taxonomy"),
        "taxonomy_terms": [term_record(term) for term in TERMS[taxonomy]],
    }


def term_record(term: Term) -> Json:
    taxonomy, name = term.taxonomy_name, term.name
    return {
        "id": term_id(term),
        "name": name,
        "description": say("api_feed.term", taxonomy=taxonomy, name=name),
        "taxonomy": taxonomy,
        "taxonomy_id": taxonomy_id(term.taxonomy),
        "term": term.value,
    }


def attributes(owner: str, terms: Iterable[Term]) -> list[Json]:
    """The terms of a record. owner: its id."""
    return [
        {
            "id": feed_id("attribute", owner, term_id(term)),
            "link_id": owner,
            "taxonomy_term_id": term_id(term),
            "link_type": "service",
            "taxonomy_term": term_record(term),
        }
        for term in terms
    ]
