"""Applies changes and is killed at every step; then recovers, and is killed at every step of that.

    python -m tests.unit.curation.dying FOLDER COPIES

Each life is a child of its own, forked from a process that has read everything, and ended by
SIGKILL. Prints a line for each as JSON; what must hold of them, `test_dying` says.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from mmhs_finder.curation.journal import is_interrupted, recover
from tests.made_up.changing import apply, change, held

CHANGES = (
    change("services.csv", "harbour", "phone", "0161 496 0101", "0161 496 0102"),
    change("mmhs_criteria.csv", "harbour", "loss", "yes", "unknown"),
)


def steps_of(act: Callable[[Callable[[str], None]], object]) -> list[str]:
    """The steps of an act that nobody disturbs."""
    steps: list[str] = []
    act(steps.append)
    return steps


def killed_at(number: int, act: Callable[[Callable[[str], None]], object]) -> bool:
    """Does it in a child that is killed at its step of that number. Says whether it was."""
    child = os.fork()
    if child == 0:
        seen = 0

        def step(_: str) -> None:
            nonlocal seen
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1

        act(step)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def state(folder: Path) -> str:
    whole = hashlib.sha256()
    for name, raw in held(folder).items():
        whole.update(name.encode() + b"\0" + raw + b"\0")
    return whole.hexdigest()


def left(folder: Path) -> list[str]:
    """Hidden files that nobody should find afterwards."""
    return sorted(p.name for p in folder.iterdir() if p.name.startswith(".") and p.name != ".lock")


def main(template: Path, copies: Path) -> None:
    def fresh(name: str) -> Path:
        return shutil.copytree(template, copies / name)

    whole = fresh("whole")
    old = state(whole)
    steps = steps_of(lambda step: apply(whole, *CHANGES, at_step=step))
    print(json.dumps({"steps": steps, "old": old, "new": state(whole), "left": left(whole)}))
    for number, name in enumerate(steps):
        folder = fresh(f"a{number}")
        killed = killed_at(number, lambda step, at=folder: apply(at, *CHANGES, at_step=step))
        begun = is_interrupted(folder)
        deaths = 0
        while killed_at(deaths, lambda step, at=folder: recover(at, at_step=step)):
            deaths += 1
            if not is_interrupted(folder):
                break
        recover(folder)
        settled = state(folder)
        after = ""
        if settled == old:
            apply(folder, *CHANGES)
            after = state(folder)
        told = {"step": name, "killed": killed, "begun": begun, "deaths": deaths}
        print(json.dumps({**told, "settled": settled, "after": after, "left": left(folder)}))
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
