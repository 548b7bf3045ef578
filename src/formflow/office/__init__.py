"""LibreOffice under supervision, for formats that have no reader and for PDF/A.

`converter` takes files one by one, `resident` keeps one office process with a profile of its own (`profile`, `fonts`),
hands it commands and ends it, `leftovers` ends what a killed worker left, `clock` counts processor time, `filters` names
formats, `program` finds the installation.
"""
