"""What somebody types who has no postcode at hand, or not just that: each leads somewhere."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.finding import Finder
from mmhs_finder.nation import Nation
from mmhs_finder.places.gazetteer import gazetteer
from mmhs_finder.places.place import NoticeCode
from mmhs_finder.places.suggesting import Meant
from mmhs_finder.postcodes import NotAPostcode, PostcodeError
from mmhs_finder.views.suggestions import suggestions_view
from tests.suggested import areas_of

ONE = {
    "margate kent": "Thanet",
    "Kent, Margate": "Thanet",
    "Broadstairs": "Thanet",
    "broadstares": "Thanet",
    "margat kent": "Thanet",
    "Sheffeild": "Sheffield",
    "12 High Street, Canterbury": "Canterbury",
    "Flat B1, 12 High Street, Canterbury": "Canterbury",
    "i live in a village near Canterbury": "Canterbury",
    "Ashford, Surrey": "Spelthorne",
    "Sutton, London": "Sutton",
    "Saint Albans": "St Albans",
    "Ely": "East Cambridgeshire",
    "Street": "Somerset",
    "Margate hospital": "Thanet",
    "homeless in Leeds": "Leeds",
    "Herefordshire": "Herefordshire, County of",
    "Leamington Spa": "Warwick",
    "Twickenham, Middlesex": "Richmond upon Thames",
    "Croydon, Surrey": "Croydon",  # in Surrey until 1965
    "Hampstead": "Camden",
    "Deptford": "Lewisham",
    "Moss Side": "Manchester",
    "Handsworth, Sheffield": "Sheffield",
    "Clifton Bristol": "Bristol, City of",
    "homeless, Leeds": "Leeds",
    "Isle of Sheppey": "Swale",
    "Newcastle Staffordshire": "Newcastle-under-Lyme",
    "Edinburgh Road, Reading": "Reading",
    "my baby died in Leeds": "Leeds",
    # exactly this name, and none that goes on
    "Derby": "Derby",
    "Stafford": "Stafford",
    "Woking": "Woking",
    "Brent": "Brent",
    "Chester": "Cheshire West and Chester",
    # hospitals, as they are called
    "John Radcliffe": "Oxford",
    "Jessop Wing": "Sheffield",
    "Royal Stoke": "Stoke-on-Trent",
    "Darent Valley": "Dartford",
    "st mary's hospital london": "Westminster",
    "North Middlesex": "Enfield",
    "Barnet Hospital": "Barnet",
    "QEQM": "Thanet",
    "RVI": "Newcastle upon Tyne",
    "LGI": "Leeds",
}

SEVERAL = {
    "Newport": {"Isle of Wight", "Telford and Wrekin", "Uttlesford", "East Riding of Yorkshire"},
    "Ashford": {"Ashford", "Spelthorne"},
    "Richmond": {"Richmond upon Thames", "North Yorkshire"},
    "Clapham": {"Lambeth", "Wandsworth", "Bedford"},
    "Handsworth": {"Birmingham", "Sheffield"},
    "Kingston": {"Kingston upon Hull, City of", "Kingston upon Thames"},
    "Newcastle": {"Newcastle upon Tyne", "Newcastle-under-Lyme"},
    "St Mary's Hospital": {"Manchester", "Isle of Wight", "Westminster"},
    "st marys hosptal": {"Manchester", "Isle of Wight", "Westminster"},
}

COUNTIES = {
    "Kent": 13,
    "East Sussex": 6,
    "Sussex": 13,
    "Yorkshire": 15,
    "greater manchester": 10,
    "Herts": 10,
    "Kent, please": 13,
    "Middlesex": 11,
    "Yorkshir": 15,
}

ELSEWHERE = {
    "Glasgow": Nation.SCOTLAND,
    "Cardiff": Nation.WALES,
    "Newport, Wales": Nation.WALES,
    "Belfast": Nation.NORTHERN_IRELAND,
    "Hillsborough, Northern Ireland": Nation.NORTHERN_IRELAND,
    "I live in Cardiff": Nation.WALES,
    "Scotland": Nation.SCOTLAND,
    "Wales": Nation.WALES,
    "N. Ireland": Nation.NORTHERN_IRELAND,
    "Jersey": Nation.JERSEY,
    "Isle of Man": Nation.ISLE_OF_MAN,
}


PARTS = ("Kent", "Newport", "St", "SW1", "ZZ99", "B!1", "hospital", "Yorkshire", "Ashford", "B1")


def refused(finder: Finder, typed: str) -> PostcodeError:
    with pytest.raises(PostcodeError) as caught:
        finder.place(typed)
    return caught.value


@pytest.mark.parametrize(("typed", "council"), ONE.items())
def test_a_name_offers_the_council_that_it_is_in(finder: Finder, typed: str, council: str) -> None:
    refused(finder, typed)
    assert [area.name for area in areas_of(finder.suggestions(typed))] == [council]


@pytest.mark.parametrize(("typed", "councils"), SEVERAL.items())
def test_places_of_one_name_are_offered_each_and_can_be_told_apart(
    finder: Finder, typed: str, councils: set[str]
) -> None:
    found = finder.suggestions(typed)
    assert {area.name for area in areas_of(found)} == councils
    words = [offer.words for offer in suggestions_view(found).offers]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(("typed", "count"), COUNTIES.items())
def test_a_county_offers_its_councils(finder: Finder, typed: str, count: int) -> None:
    found = finder.suggestions(typed)
    assert (found.meant, len(areas_of(found))) == (Meant.COUNTY, count)
    assert found.name in suggestions_view(found).lead


def test_london_offers_its_boroughs(finder: Finder) -> None:
    found = finder.suggestions("London")
    assert (found.meant, len(areas_of(found))) == (Meant.LONDON, 33)
    assert "postcode" in suggestions_view(found).lead


def test_a_county_of_one_name_with_a_council_has_that_council_first(finder: Finder) -> None:
    assert [a.name for a in areas_of(finder.suggestions("Cornwall"))] == [
        "Cornwall",
        "Isles of Scilly",
    ]


@pytest.mark.parametrize(("typed", "nation"), ELSEWHERE.items())
def test_a_place_outside_england_gets_its_nations_answer(
    finder: Finder, typed: str, nation: Nation
) -> None:
    place = finder.place(typed)
    assert (place.nation, place.areas) == (nation, ())
    assert NoticeCode.OTHER_NATION in [n.code for n in finder.find(place).notices] or (
        nation in (Nation.JERSEY, Nation.ISLE_OF_MAN)
    )


ALSO_ELSEWHERE = {
    "Elgin Avenue": "Elgin, Scotland",
    "Flat 2 Stirling Court": "Stirling, Scotland",
    "my name is keith": "Keith, Scotland",
    "Alexandria": "Alexandria, Scotland",
    "Bishopston": "Bishopston, Wales",
    "Barry Road": "Barry, Wales",
    "Hillsborough": "Hillsborough, Northern Ireland",
    "Crosby": "Crosby, Isle of Man",
    "St Saviour": "Saint Saviour, Guernsey",
    "Scotland Road": "Scotland",
    "Alderney": "Alderney, Guernsey",
    "Wrexham": "Wrexham, Wales",
}


@pytest.mark.parametrize(("typed", "offered"), ALSO_ELSEWHERE.items())
def test_a_street_or_a_small_town_elsewhere_is_offered_and_not_taken(
    finder: Finder, typed: str, offered: str
) -> None:
    """The mistake: another nation's crisis number for somebody in England."""
    refused(finder, typed)
    (offer,) = [o for o in finder.suggestions(typed).offers if o.text == offered]
    assert finder.place(offer.text).nation is not Nation.ENGLAND
    words = [o.words for o in suggestions_view(finder.suggestions(typed)).offers]
    assert f"{offered}: help there" in words


ABROAD = [
    name
    for name, places in gazetteer().named.items()
    if any(place.nation is not Nation.ENGLAND for place in places)
]
LEFT_OVER = ["road", "avenue", "court", "hospital", "my name", "12", "and anna", "new", "flat 3"]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(ABROAD), st.sampled_from(LEFT_OVER), st.booleans())
def test_no_text_with_a_word_left_over_changes_the_nation(
    finder: Finder, name: str, word: str, is_after: bool
) -> None:
    text = f"{name} {word}" if is_after else f"{word} {name}"
    with suppress(PostcodeError):
        assert finder.place(text).nation is Nation.ENGLAND


def test_only_cities_of_names_that_england_has_not_are_taken_at_once(finder: Finder) -> None:
    taken = set()
    for name in ABROAD:
        with suppress(PostcodeError):
            taken.add(finder.place(name).label)
    nations = {nation.value for nation in Nation}
    assert taken - nations == {
        "Glasgow", "Edinburgh", "Cardiff", "Belfast", "Swansea", "Aberdeen", "Dundee", "Derry",
        "Londonderry County Borough",
    }  # fmt: skip


def test_a_street_is_no_town_beside_a_first_part(finder: Finder) -> None:
    assert finder.place("Hamilton Avenue SE27").postcode == "SE27"


def test_a_name_that_is_only_spelled_alike_is_said_to_be(finder: Finder) -> None:
    found = finder.suggestions("sheffeild")
    assert found.meant is Meant.ALIKE
    assert "just that name" in suggestions_view(found).lead
    assert finder.suggestions("Sheffield").meant is Meant.PLACES
    assert finder.suggestions("Hondsworth").offers != finder.suggestions("Wandsworth").offers


@pytest.mark.parametrize("typed", ["Newport", "Newcastle", "Bangor", "glasgw"])
def test_a_name_that_may_be_in_england_or_is_misspelled_is_never_taken(
    finder: Finder, typed: str
) -> None:
    refused(finder, typed)
    assert finder.suggestions(typed).offers


def test_a_whole_postcode_without_its_letter_is_asked_about_unless_there_is_one_only(
    finder: Finder,
) -> None:
    refused(finder, "WC1 2AB")
    assert {o.text for o in finder.suggestions("WC1 2AB").offers} == {"WC1A 2AB", "WC1N 2AB"}


def test_what_is_offered_as_a_text_leads_on(finder: Finder) -> None:
    (wales,) = [o for o in finder.suggestions("Newport").offers if not o.area]
    assert finder.place(wales.text).nation is Nation.WALES
    for part in finder.suggestions("SW1").offers:
        assert finder.place(part.text).areas


def test_a_hospital_goes_before_a_village_of_its_saint(finder: Finder) -> None:
    names = [offer.name for offer in finder.suggestions("St Georges").offers]
    assert names[0] == "St George's Hospital, Tooting"
    assert len(names) > 1


@pytest.mark.parametrize("typed", ["my baby died", "help me", "asdfghjkl", "hospital", "", "?"])
def test_words_that_name_no_place_offer_none_and_blame_nobody(finder: Finder, typed: str) -> None:
    message = refused(finder, typed).message
    assert finder.suggestions(typed).offers == ()
    assert suggestions_view(finder.suggestions(typed)).lead == ""
    assert "place name" not in message


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [("London SE1", "SE1"), ("Canterbury CT1", "CT1"), ("Liverpool L1", "L1"), ("CT1 area", "CT1")],
)
def test_a_first_part_with_its_town_is_taken(finder: Finder, typed: str, postcode: str) -> None:
    assert finder.place(typed).postcode == postcode


def test_a_first_part_with_a_town_somewhere_else_is_asked_about(finder: Finder) -> None:
    """B1 is in Birmingham: it may be the number of a flat."""
    refused(finder, "Canterbury B1")
    found = finder.suggestions("Canterbury B1")
    assert [o.name for o in found.offers] == ["B1", "Canterbury"]


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("M!3 9WL", "M13 9WL"),
        ("M1£ 9WL", "M13 9WL"),
        ("P01 3AX", "PO1 3AX"),
        ("СТ1 3NG", "CT1 3NG"),
    ],
)
def test_a_slip_that_leaves_one_postcode_is_put_right_and_said(
    finder: Finder, typed: str, postcode: str
) -> None:
    place = finder.place(typed)
    assert place.postcode == postcode
    (notice,) = [n for n in place.notices if n.code is NoticeCode.CORRECTED]
    assert notice.values == {"postcode": postcode}


def test_a_sign_that_may_be_a_digit_is_asked_about(finder: Finder) -> None:
    """CT11 3NG is not in the index, and leaving the sign out would make CT1 of CT11."""
    problem = refused(finder, "CT!1 3NG")
    assert isinstance(problem, NotAPostcode)
    assert [o.text for o in finder.suggestions("CT!1 3NG").offers] == ["CT11 3NG", "CT1 3NG"]


@pytest.mark.parametrize("typed", ["SW8 3BU", "W1W 6XG", "SK9 3SL", "E7 9EG"])
def test_a_postcode_by_a_border_knows_the_other_side(finder: Finder, typed: str) -> None:
    place = finder.place(typed)
    assert place.close
    assert not set(place.close) & set(place.areas)


def test_an_organisations_own_postcode_is_answered_and_said(finder: Finder) -> None:
    notices = [n.code for n in finder.place("BS98 1TL").notices]
    assert notices == [NoticeCode.ORGANISATION]


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60) | st.lists(st.sampled_from(PARTS), max_size=4).map(" ".join))
def test_any_text_is_answered_or_offered_something_and_never_raises_else(
    finder: Finder, text: str
) -> None:
    with suppress(PostcodeError):
        assert finder.place(text).label
    view = suggestions_view(finder.suggestions(text))
    assert bool(view.lead) == bool(view.offers)
    assert all(bool(offer.code) != bool(offer.text) for offer in view.offers)
