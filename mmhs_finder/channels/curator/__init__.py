"""The curators' app: what to ask next, one service at a time, evidence, preview, save.

A second entry point (`make edit`), for who sits at this computer. Nothing of the public app imports
it, and it answers nobody else (`own_computer`).
Not for: visitors, or any rule about the directory (`curation`).
"""
