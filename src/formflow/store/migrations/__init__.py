"""The schema's history, one file a step in `versions/`; `upgrade` runs it without an alembic.ini."""

HEAD = "0005"
"""Revision that this code is written for. It stands here so that a start-up need not import alembic."""
