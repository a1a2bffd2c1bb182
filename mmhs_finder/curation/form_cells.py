"""One cell of a form as somebody wrote it, or as a spreadsheet left it: the value that it means.

What can be read in one way only is mended and said: a lost 0, a no-break space, TRUE for yes, a
date that became a number. Anything else is asked about.
Not for: what a column may hold (`cells`), or the form as a whole (`taking_in`).
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberFormat

from mmhs_finder.curation.damage import as_day, spreadsheet_damage, text_damage
from mmhs_finder.curation.form_lines import MORE, NO, YES
from mmhs_finder.curation.holding import NONE
from mmhs_finder.curation.questions import AnswerKind, FormQuestion, choice_words
from mmhs_finder.curation.week import read_spells
from mmhs_finder.words import join_words, say

LONGEST: Final = 1_500
"""Letters of an answer."""

_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_MOJIBAKE: Final = re.compile("Ã[\u0080-\u00bf©¨¢¤¯]|â€|Â[ \u00a0£]")
_NOTHING: Final = re.compile(r"none|nothing|nobody|no limits?|no such rule", re.IGNORECASE)
_YES_NO: Final = MappingProxyType(
    {"true": YES, "y": YES, "x": YES, "✓": YES, "✔": YES, "false": NO, "n": NO}
)
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(:\d{2})?|0?\.\d+")
_AMOUNT: Final = re.compile(
    r"(?:about |up to |from )?(?P<n>\d{1,4})(?:\.0+)?\s*(?P<unit>weeks?|months?|years?)?(?: old)?",
    re.IGNORECASE,
)
_MONTHS_OF: Final = MappingProxyType({"month": 1, "year": 12})
_DATES: Final = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%d/%m/%y")
_ROLES: Final = """
a acting admin administration administrative administrator advanced and assistant associate
birth business care charge child chief clerk clinic clinical co co-ordinator commissioner community
consultant coordinator counsellor deputy director doctor duty executive family general gp head
health interim in joint lead leader liaison locality loss maternal maternity matron medical mental
midwife midwifery mmhs mother manager nurse nursing obstetrician of officer operational operations
parent partner perinatal pa person practice practitioner principal programme project psychiatrist
psychologist psychological psychology psychotherapist quality reception receptionist referral
referrals secretary senior service services social specialist staff strategic supervisor support
team the therapies therapist therapy trauma triage trust wellbeing women womens worker
"""
"""Words of which a role is made. Whatever else there is may be a name."""

_ROLE_WORDS: Final = frozenset(_ROLES.split())


def clean(raw: str) -> str:
    """A cell's text without what a spreadsheet or an e-mail program put into it."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", raw))
    if _MOJIBAKE.search(text):
        text = re.sub(r"[^\x00-\x7f]+", lambda found: _read_again(found[0]), text)
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c for c in text)
    text = " ".join(text.split())
    return text[1:] if re.match(r"'[\d+]", text) else text


def _read_again(letters: str) -> str:
    """Letters that were UTF-8 and were read as those of Windows; others as they are."""
    try:
        return letters.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return letters


def read_value(question: FormQuestion, item: str, raw: str) -> str:
    """What a cell of a question says, as a value of the directory; "" for a blank.

    Raises ValueError with a message for people, to be read after what was written.
    """
    text = clean(raw)
    if not text:
        return ""
    if len(text) > LONGEST:
        raise ValueError(say("ask_cell.long", most=LONGEST))
    if damage := spreadsheet_damage(text):
        raise ValueError(damage)
    if question.choices or (question.kind is AnswerKind.COUNCILS and item != MORE):
        return _choice(question, text)
    if question.kind is AnswerKind.HOURS:
        if _CLOCK.fullmatch(text):
            raise ValueError(say("ask_cell.one_time"))
        return read_spells(text)
    if _NOTHING.fullmatch(text.rstrip(".")):
        return NONE
    if question.kind is AnswerKind.NUMBER:
        return _number(question, text)
    if question.kind is AnswerKind.DAY:
        return read_day(text)
    if question.kind is AnswerKind.PHONE:
        return _phone(text)
    if question.kind is AnswerKind.EMAIL:
        return text.removeprefix("mailto:").strip("<>").rstrip(".,;")
    if question.kind is AnswerKind.LINK:
        text = text.strip("<>")
        return f"https://{text}" if text.casefold().startswith("www.") else text
    if damage := text_damage(text):
        raise ValueError(damage)
    if question.kind is AnswerKind.CONDITION:
        return re.sub(r"^only if:? ", "", text, flags=re.IGNORECASE)
    return text


def _choice(question: FormQuestion, text: str) -> str:
    single = question.kind is AnswerKind.CHOICE
    values = question.choices if single else (YES, NO)
    offered = {choice_words(value).casefold(): value for value in values}
    said = text.casefold().rstrip(".")
    value = offered.get(said) or _YES_NO.get(said, "")
    if value not in values:
        words = join_words([f"“{choice_words(each)}”" for each in values], "or")
        raise ValueError(say("ask_cell.choose", words=words))
    return value


def _number(question: FormQuestion, text: str) -> str:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError(say("ask_cell.number"))
    count, unit = int(found["n"]), (found["unit"] or "").casefold().rstrip("s")
    in_months, in_years = "months" in question.id, question.id == "min_age"
    if not unit or (in_years and unit == "year") or (not in_months and unit == "week"):
        return str(count)
    if in_months and unit in _MONTHS_OF:
        return str(count * _MONTHS_OF[unit])
    raise ValueError(say("ask_cell.unit"))


def read_day(text: str) -> str:
    """A day as 2026-11-22, however it is written or a spreadsheet keeps it.

    Raises ValueError with a message for people.
    """
    if kept := as_day(text):
        return kept
    day = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text.split(" 00:00")[0])
    with contextlib.suppress(ValueError):
        return date.fromisoformat(day).isoformat()
    for pattern in _DATES:
        with contextlib.suppress(ValueError):
            return datetime.strptime(day, pattern).date().isoformat()  # noqa: DTZ007 - a day
    raise ValueError(say("ask_cell.day"))


def _phone(text: str) -> str:
    """A number as it is written in the United Kingdom; as it stands where it is none."""
    plain = re.sub(r"^tel:", "", text, flags=re.IGNORECASE)
    plain = re.sub("[\u2010-\u2015.()/-]", " ", plain.replace("(0)", ""))
    number, extension, digits = _extension(plain)
    for each in (number, f"0{number.strip()}" if number.strip()[:1] in "123789" else ""):
        with contextlib.suppress(phonenumbers.NumberParseException):
            parsed = phonenumbers.parse(each, "GB")
            if parsed.country_code == 44 and phonenumbers.is_valid_number(parsed):
                written = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
                return f"{written}{extension}{digits}"
    return text


def _extension(text: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"(.*?\d)\s*(?:ext(?:ension)?|x)\.?\s*(\d{1,6})", text, re.IGNORECASE)
    return (found[1], " ext ", found[2]) if found else (text, "", "")


def role_problem(role: str) -> str:
    """Why a text is no role, or may be a name: "" or a message to be read after it."""
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", role.casefold().replace("’", "").replace("'", ""))
    if not words or len(role) > 80:
        return say("ask_cell.no_role")
    if "@" in role or any(c.isdigit() for c in role) or not {*words} <= _ROLE_WORDS:
        return say("ask_cell.a_name")
    return ""
