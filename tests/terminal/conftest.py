"""Commands of the terminal answer from the made-up directory, in this process and in their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.application import Application, IndexOpening, open_application
from mmhs_finder.channels.terminal import bulk, criteria, directory_export, find
from mmhs_finder.directory import Directory
from mmhs_finder.directory.loading import DATA_DIR_SETTING, data_folder
from mmhs_finder.postcodes import PostcodeIndex


@pytest.fixture(scope="session")
def directory(made_up_directory: Directory) -> Directory:
    return made_up_directory


@pytest.fixture(scope="session")
def application(directory: Directory, index: PostcodeIndex) -> Application:
    return Application(directory, IndexOpening(lambda _report: index))


@pytest.fixture(scope="session")
def finder(application: Application) -> Finder:
    return application.finder


@pytest.fixture(autouse=True)
def made_up(
    monkeypatch: pytest.MonkeyPatch, made_up_folder: Path, application: Application
) -> None:
    """Every command reads the made-up files; those of this process find them read already."""
    monkeypatch.setenv(DATA_DIR_SETTING, str(made_up_folder))

    def opened(*, checked: bool) -> Application:
        if data_folder() == made_up_folder:
            return application
        return open_application(checked=checked)

    for command in (bulk, criteria, directory_export, find):
        monkeypatch.setattr(command, "open_application", opened)
