"""The inbox: what lies in it, and when a file is complete enough to be taken.

`walk` lists files and skips what office programs and file servers leave, `inbox` remembers sizes and times between two
looks, `ends` and `ends_binary` ask of a file's own end whether it was written whole, `settle` does the
same for a command that comes once, `watch` waits for the next change. What becomes of a file that cannot be read is `pipeline.quarantine`.
"""
