"""The office converter: one supervised LibreOffice a process, with a profile of its own, that turns one format into another."""
