"""What is kept for all visitors: once for a value, in each language by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmhs_finder.words import files, kept, language, speaking

Made = list[tuple[str, str]]


@pytest.fixture
def made() -> Made:
    return []


def test_the_same_is_said_once_in_each_language(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @kept(8)
    def greet(name: str) -> str:
        made.append((language(), name))
        return f"{language()} {name}"

    for spoken in ("en", "cy"):
        (tmp_path / spoken).mkdir()
        (tmp_path / spoken / "language.toml").write_text("")
    monkeypatch.setattr(files, "ROOM", tmp_path)
    assert [greet("a"), greet("a"), greet("b")] == ["en a", "en a", "en b"]
    with speaking("cy"):
        assert greet("a") == "cy a"
    assert greet("a") == "en a"
    assert made == [("en", "a"), ("en", "b"), ("cy", "a")]


def test_what_was_asked_for_longest_ago_goes_first(made: Made) -> None:
    @kept(2)
    def greet(name: str) -> str:
        made.append((language(), name))
        return name

    for name in ("a", "b", "c", "b", "a"):
        greet(name)
    assert [name for _, name in made] == ["a", "b", "c", "a"]
