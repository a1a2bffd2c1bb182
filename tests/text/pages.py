"""What a page of these leads to: its forms with all that they send untouched, and its links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class SentForm:
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)

    def says(self, name: str) -> list[str]:
        return [value for field_name, value in self.fields if field_name == name]


def is_sent(field: dict[str, str]) -> bool:
    return field.get("type") not in ("radio", "checkbox") or "checked" in field


class Page(HTMLParser):
    """The forms and the links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[SentForm] = []
        self.links: list[str] = []
        self._is_button = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(SentForm(named["action"]))
        elif tag == "a":
            self.links.append(named.get("href", ""))
        elif tag == "button" and self.forms:
            self._is_button = True
            self.forms[-1].buttons.append("")
        elif tag == "input" and self.forms and is_sent(named):
            self.forms[-1].fields.append((named["name"], named.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self._is_button = False

    def handle_data(self, data: str) -> None:
        if self._is_button:
            self.forms[-1].buttons[-1] += data

    def to(self, *actions: str) -> list[SentForm]:
        return [form for form in self.forms if form.action in actions]

    def with_button(self, words: str) -> SentForm:
        return next(form for form in self.forms if words in form.buttons)
