"""What somebody says about herself in a postcode box: that she has no fixed home, is in a refuge,
or is in a hard hour.

None of it is a place, and all of it is answered. Typos are forgiven.
Not for: codes that stand for "no fixed address" (`territories`), or names of places (`places`).
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final, Literal

_OFTEN_MISSPELLED: Final = (
    "abode",
    "accommodation",
    "address",
    "fixed",
    "homeless",
    "miscarriage",
    "refuge",
    "stillbirth",
    "suicidal",
    "suicide",
    "temporary",
    "travelling",
)
_INITIALS: Final = frozenset(word[0] for word in _OFTEN_MISSPELLED)
_NEARLY: Final = 0.83
"""How like one of these words a word must be, as `difflib` counts: "homless", "adress"."""

_SHORTEST: Final = 5  # letters of a word that may be one of these with a slip

_HARD_TIME: Final = re.compile(
    r"^(?:(?:please )?(?:help|help me|sos)(?: me)?(?: please)?|i need help(?: now| please)?|crisis"
    r"|emergency|died|dead|stillborn|grief|loss|lost)$"
    r"|\b(?:lost|losing|lose) (?:(?:my|our|the|a|her|his|little|unborn) ?)+"
    r"(?:baby|babies|son|daughter|child|boy|girl|twins?|one|pregnancy)\b|\b(?:lost|losing) him$"
    r"|\b(?:baby|babies|son|daughter|child|twins?|boy|girl)s?(?: (?:has|have|was|is|were|just))*"
    r" (?:died|dead|stillborn|gone|passed|not alive|born dead)\b"
    r"|\b(?:mum|mother|dad|father|husband|wife|partner) (?:has |just )?died\b"
    r"|\bmiscarr(?:iage|ied|ying)|\bstill ?b(?:irth|orn)\b|\bneonatal death\b|\bbaby loss\b"
    r"|\bsuicid(?:e|al)\b|\bkill (?:my ?self|me)\b|\b(?:want|wish|going) to die\b"
    r"|\bend (?:my life|it all)\b|\bself harm|\b(?:hurt|harm|cut)(?:ing)? my ?self\b"
    r"|\b(?:cant|cannot|can not) (?:cope|go on|do this)\b|\bdont want to (?:live|be here)\b"
)

_REFUGE: Final = re.compile(
    r"^(?:(?:a|the|my|i am|im|living|staying|we are|were) )*(?:in )?(?:a |the )?"
    r"(?:womens |safe )?(?:refuge|safe house)$"
    r"|\b(?:in|at|from) (?:a|the|my) (?:womens )?(?:refuge|safe house)\b|\bwomens refuge\b"
    r"|^refuge (?:in|near)\b"
)

_WITHOUT_A_HOME: Final = re.compile(
    r"\b(?:homeless(?:ness)?|nfa|n f a|no fixed (?:address|abode|home)"
    r"|no (?:home|address|permanent address)"
    r"|without (?:a home|an address|a fixed address)|(?:nowhere|no where) to (?:live|stay|go|sleep)"
    r"|rough sleep(?:er|ing)|sleep(?:ing)? rough|sofa ?surf(?:er|ing)?|couch ?surf(?:er|ing)?"
    r"|hostel|(?:temporary|emergency) (?:accommodation|housing|home)"
    r"|(?:living|live|sleep|sleeping|stay|staying) (?:in|on) (?:my|a|the|our) "
    r"(?:car|van|tent|boat|narrowboat|caravan|b and b|hotel)"
    r"|(?:stay|staying|living|live) (?:with|at) (?:a |my |some )?(?:friends?|mates?|family|parents"
    r"|mum|mums|sister|sisters|relatives?)"
    r"|(?:living |sleeping |sleep |live )?on the streets?|in prison"
    r"|dont have (?:a home|an address|a fixed address|anywhere to (?:live|stay)))\b"
    r"|^(?:(?:i am|im|in|on|living|live|i|a|my|the) )*(?:prison|boat|narrowboat|b and b|bnb|van"
    r"|tent|caravan|travelling|traveller|streets)$"
)

Said = Literal["hard_time", "refuge", "no_fixed_abode"]


def said_of(text: str) -> Said | None:
    """What a text says about her; None where it says nothing of the kind."""
    said = _spelled(text)
    if not said:
        return None
    if _HARD_TIME.search(said):
        return "hard_time"
    if _REFUGE.search(said):
        return "refuge"
    return "no_fixed_abode" if _WITHOUT_A_HOME.search(said) else None


def _spelled(text: str) -> str:
    """The words of a text in small letters, those above put right; "" where there are none."""
    plain = re.sub("['’`]", "", text.replace("&", " and ").casefold())
    words = re.findall("[a-z]+", plain)
    if max(map(len, words), default=0) < len("nfa") and "".join(words) not in ("nfa", "bandb"):
        return ""
    return " ".join(map(_word, words))


def _word(word: str) -> str:
    if len(word) < _SHORTEST or word[0] not in _INITIALS or word in _OFTEN_MISSPELLED:
        return word
    alike = [each for each in _OFTEN_MISSPELLED if each[0] == word[0]]
    return next(iter(get_close_matches(word, alike, n=1, cutoff=_NEARLY)), word)
