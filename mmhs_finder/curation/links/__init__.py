"""Asking every web address of the directory whether its page is still there.

`collecting` says which there are, `hosts` whom may be asked and when, `asking` asks one,
`judging` says what came of it, `round` asks them all, `keeping` writes it down, `report` says it.
Not for: whether a page still says what the directory says (a person reads that).
"""
