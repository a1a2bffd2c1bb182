"""What is sent, for the description of the interface: each field with what it holds.

`render.json` makes the data; here it is held to what is described, so that nothing is sent that
nobody meant to send. Not for: records of the directory (`records`), or what may be asked
(`asked_for`).
"""
