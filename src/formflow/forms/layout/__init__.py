"""How a form's blank lies on paper: a pure function of its definition, so that whoever prints it and whoever reads
the scan agree without a word. One model of pages, rows and cells in points drives Word, Excel and PDF alike.
"""

from formflow.forms.layout.blank import blank_layout
from formflow.forms.layout.model import Area, Blank, Cell, Page, Row
from formflow.forms.layout.versions import Issued, blank_version, issued_as

__all__ = ["Area", "Blank", "Cell", "Issued", "Page", "Row", "blank_layout", "blank_version", "issued_as"]
