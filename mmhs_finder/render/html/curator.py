"""What the curators' app shows beside its boxes, as HTML. Pure; every text is escaped.

Not for: what is shown, or cards and sheets, which are the public ones (`cards`, `sheet`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from mmhs_finder.render.html.pieces import link

_EMPTY = Markup("")


def note(text: str | Markup, css: str = "desk-note") -> Markup:
    """A small remark below a box."""
    return Markup('<p class="{}">{}</p>').format(css, text) if text else _EMPTY


def problem(texts: Iterable[str]) -> Markup:
    """What is wrong, beside the box that it is about; heard when it appears."""
    lines = _EMPTY.join(Markup("<p>{}</p>").format(text) for text in texts)
    return Markup('<div class="alert desk-problem" role="alert">{}</div>').format(lines)


def problem_list(heading: str, texts: Sequence[str]) -> Markup:
    """Several things that are wrong, below a sentence."""
    items = _EMPTY.join(Markup("<li>{}</li>").format(text) for text in texts)
    return Markup('<div class="alert desk-problem" role="alert"><p>{}</p><ul>{}</ul></div>').format(
        heading, items
    )


def notice(text: str | Markup) -> Markup:
    """Something to know, heard when it appears."""
    return Markup('<div class="notice" role="status"><p>{}</p></div>').format(text)


def missing(heading: str, texts: Sequence[str]) -> Markup:
    """What has still to be filled in."""
    items = _EMPTY.join(Markup("<li>{}</li>").format(text) for text in texts)
    return Markup('<div class="notice" role="status"><p>{}</p><ul>{}</ul></div>').format(
        heading, items
    )


def head(name: str, lines: Sequence[str | Markup]) -> Markup:
    """The service that is open: its name, and what there is to know before asking."""
    shown = _EMPTY.join(Markup("<p>{}</p>").format(line) for line in lines if line)
    return Markup('<div class="desk-head"><h2>{}</h2>{}</div>').format(name, shown)


def links(words: str, pages: Sequence[tuple[str, str]]) -> Markup:
    """Pages in one line. pages: (name, address)."""
    if not pages:
        return _EMPTY
    shown = Markup(", ").join(link(url, name) for name, url in pages)
    return Markup("{}: {}").format(words, shown)


def item(name: str, subtitle: str, reasons: Sequence[str], heading: int = 3) -> Markup:
    """One service on the work list: why it is there, what matters most first."""
    items = _EMPTY.join(Markup("<li>{}</li>").format(text) for text in reasons)
    return Markup('<div class="desk-item"><h{h}>{}</h{h}><p class="muted">{}</p>{}</div>').format(
        name, subtitle, Markup("<ul>{}</ul>").format(items) if items else _EMPTY, h=heading
    )


def changes_list(changes: Sequence[tuple[str, str, str]], words: tuple[str, str]) -> Markup:
    """What changes, one below the other. changes: the question, what it said, what it will say.

    words: what those two are called, for who does not see the arrow.
    """
    items = _EMPTY.join(
        Markup(
            '<div><dt>{}</dt><dd><span class="sr-only">{}: </span>{} '
            '<span aria-hidden="true">→</span><span class="sr-only">. {}:</span> '
            "<strong>{}</strong></dd></div>"
        ).format(question, words[0], old, words[1], new)
        for question, old, new in changes
    )
    return Markup('<dl class="desk-list">{}</dl>').format(items)


def saved_card(
    name: str,
    subtitle: str,
    changes: Sequence[tuple[str, str, str]],
    quotes: Sequence[str],
    fold: str,
    cells: Sequence[tuple[str, str, str]],
    words: tuple[str, str],
) -> Markup:
    """What was changed of one entry at once. changes, words: as `changes_list`.

    quotes: what it rests on. fold: what opens the cells that changed beside it.
    """
    beside = (
        Markup("<details><summary>{}</summary>{}</details>").format(
            fold, changes_list(cells, words)
        )
        if cells
        else _EMPTY
    )
    said = _EMPTY.join(note(f"“{quote}”") for quote in quotes)
    shown = changes_list(changes, words) if changes else _EMPTY
    return Markup(
        '<article class="card card-small"><h3>{}</h3><p class="muted">{}</p>{}{}{}</article>'
    ).format(name, subtitle, shown, said, beside)


def bar(done: int, whole: int) -> Markup:
    """How far something is, for the eye only: the sentence beside it says it."""
    share = 100 * done / whole if whole else 0
    return Markup(
        '<div class="desk-bar" aria-hidden="true"><span style="width:{:.1f}%"></span></div>'
    ).format(share)
