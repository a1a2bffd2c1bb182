"""The words the public reads: all there, all used, none of those that hurt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mmhs_finder.words import all_words, join_words, say

ROOT = Path(__file__).parents[2]
CODE = [*(ROOT / "mmhs_finder").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
USED = re.compile(r"""\bsay\(\s*f?(["'])([a-z_]+\.[^"']+?)\1""")
ABOUT = (ROOT / "mmhs_finder/words/en/about.md").read_text(encoding="utf-8")


def patterns() -> set[str]:
    found = set()
    for path in CODE:
        for match in USED.finditer(path.read_text(encoding="utf-8")):
            found.add(match.group(2))
    return found


def test_every_key_in_the_code_has_words():
    for pattern in patterns():
        regex = re.compile(re.sub(r"\\{.*?\\}", "[a-z_]+", re.escape(pattern)) + "$")
        assert any(regex.match(key) for key in all_words()), pattern


def test_every_text_is_used():
    code = "\n".join(p.read_text(encoding="utf-8") for p in CODE)
    regexes = [re.compile(re.sub(r"\\{.*?\\}", "[a-z_]+", re.escape(p)) + "$") for p in patterns()]
    indirect = {k for k in all_words() if f'"{k}"' in code}
    unused = [k for k in all_words() if k not in indirect and not any(r.match(k) for r in regexes)]
    assert not unused


@pytest.mark.parametrize("key", sorted(all_words()))
def test_no_cold_words(key):
    text = all_words()[key].lower()
    for cold in (
        "eligib",
        "unfortunately",
        "rejected",
        "you must",
        "failed to",
        "invalid",
        "error",
    ):
        assert cold not in text, f"{key}: {cold}"


def test_the_about_page_has_no_cold_words():
    for cold in ("eligib", "unfortunately", "rejected", "invalid"):
        assert cold not in ABOUT.lower()


def test_a_missing_gap_is_an_error():
    with pytest.raises(KeyError):
        say("notice.corrected")


@pytest.mark.parametrize(
    ("names", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_join_words(names, text):
    assert join_words(names) == text
