"""The directory of services: its records, how they are read, and who serves what.

The checks for curators are in `mmhs_finder.curation.check`.
"""

from mmhs_finder.directory.files import BrokenDirectory, Problem
from mmhs_finder.directory.loading import DATA, Directory, data_folder, load_directory

__all__ = ["DATA", "BrokenDirectory", "Directory", "Problem", "data_folder", "load_directory"]
