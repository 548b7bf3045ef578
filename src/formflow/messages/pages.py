"""What a person is asked where the pages of a batch do not make whole forms."""

from __future__ import annotations

from formflow.messages import Message

PAGE_UNREAD = Message(
    zh="文件第{places}页有表格内容，但没有读入任何记录；请对照原件核对，需要登记的请补录。",
    en="page {places} of the file holds a table of which nothing was read into a record; compare with the paper and enter what is to be registered",
)
PAGE_MISSING = Message(
    zh="本表共{of}页，缺第{missing}页（或其二维码、页码无法识别）；请补扫，或对照原件核对。",
    en="this paper has {of} pages and page {missing} is missing, or its code and number cannot be read; scan it too, or compare with the paper",
)
PAGE_DOUBLED = Message(
    zh="第{doubled}页扫描了不止一次，内容相同，只读取一次；请确认不是另一份表缺了页。",
    en="page {doubled} was scanned more than once and reads the same, so it was read once; confirm that no other copy lacks its pages",
)
PAGES_MIXED = Message(
    zh="同一表的几份页次混杂：本件由文件第{places}页组成，其中可能有另一份的页；请对照原件核对。",
    en="the pages of several copies of this form are mixed: this record was made of pages {places} of the file, one of which may belong to another copy; compare with the paper",
)
