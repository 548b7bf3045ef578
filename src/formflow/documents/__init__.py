"""Entry to bytes: everything that formflow writes for people.

`templates` compiles, checks and fills docx templates, by its own engine or by docxtpl; `blanks` makes the forms to fill in;
`stamps` makes copies of an original that show its number; `ledger` and `sheets` write the register and other lists as
workbooks; `searchable` puts recognised text below a scan. `pdf_fonts`, `qr` and `package` serve them.
"""
