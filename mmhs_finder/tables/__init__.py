"""Tables that people bring and take away: reading CSV and XLSX, and writing CSV.

`reading` opens what somebody brings (`csv_rows`, `xlsx` and its process `xlsx_reader`), `problems`
says what can be wrong with it, `cells` writes files that a spreadsheet opens safely.
Not for: what stands in them.
"""
