"""The feed for other directories: `/openreferral`, as the Open Referral UK profile asks for it.

It stands behind the gate of the interface for programs (`channels.api`). Records are drawn in
`render.open_referral`; here is only how a program asks.
"""
