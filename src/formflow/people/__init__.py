"""Who acts and what they may: roles and powers, accounts folded from what was done to them, consents to read, proxies.

Everything here is a value or a pure function; `store.people` keeps the acts, and the command line asks who is there.
"""
