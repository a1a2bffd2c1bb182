"""Tables that people bring and take away: reading CSV and workbooks, and writing CSV.

`reading` opens what somebody brings: `files` says what it is, `csv_rows` (with `csv_text`) and
`xlsx` (with its process `xlsx_reader`) read it, `settling` finds the names (`heading`) and the
postcodes (`columns`). `problems` says what can be wrong with it, `cells` writes files that a
spreadsheet opens safely.
Not for: what stands in them.
"""
