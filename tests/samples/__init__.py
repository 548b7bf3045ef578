"""A seeded generator of filled forms with their truth, in layouts of its own.  See README.md."""
