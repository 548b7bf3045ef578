"""Entry to document: a docx template compiled once, checked against its form, and filled.

`template` is where compiling and filling begin. `tags`, `structure` and `grammar` compile; `context` and its helpers say
what a template can name; `check` finds every problem before any form arrives; `rich` and `media` hold what is more than text.
"""
