"""`python -m mmhs_finder data ACTION`: looking after the directory, a module for each action.

To add an action: a module here with `add_action(actions)`, which adds its parser and says which
function runs it (`set_defaults(run=...)`), and its line in `ACTIONS`.
Not for: what an action does (`curation`), or its words for the public (`words`).
"""

from __future__ import annotations

import argparse
from typing import Final, Protocol

from mmhs_finder.channels.terminal.data import (
    apply,
    ask,
    check,
    diff,
    due,
    inbox,
    links,
    take_in,
    withdraw,
)

Actions = argparse._SubParsersAction
"""What argparse keeps the actions of a command in."""


class DataAction(Protocol):
    """A module that brings one action."""

    def add_action(self, actions: Actions[argparse.ArgumentParser]) -> None:
        """Adds its parser to those of `data`."""


ACTIONS: Final[tuple[DataAction, ...]] = (
    check,
    due,
    ask,
    take_in,
    inbox,
    links,
    apply,
    diff,
    withdraw,
)
"""In the order in which `data --help` lists them."""


def add_arguments(subparsers: Actions[argparse.ArgumentParser]) -> None:
    """Adds the command `data` with its actions."""
    data = subparsers.add_parser("data", help="look after the directory of services")
    actions = data.add_subparsers(dest="action", required=True, metavar="ACTION")
    for action in ACTIONS:
        action.add_action(actions)
