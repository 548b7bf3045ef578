"""A seeded fuzzer: whole files of every format, damaged in every way we can think of, read through the worker pool."""
