"""Many postcodes at once: what each row of a list gets.

Not for: reading lists (`mmhs_finder.tables`), or the columns in words
(`mmhs_finder.views.bulk_columns`).
"""

from mmhs_finder.bulk.lookup import Answered, AreaAnswer, AreaNote, Lookup, WhyNot

__all__ = ["Answered", "AreaAnswer", "AreaNote", "Lookup", "WhyNot"]
