"""What a form is: a YAML definition becomes a `Form`, and a `Form` becomes a marshmallow schema.

`spec` holds the frozen definition, `load` reads it strictly from YAML, `schema` turns candidates into
records, `check` collects every problem of a definition with its place.
"""
