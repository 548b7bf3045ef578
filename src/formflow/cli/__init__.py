"""The command line, a file a noun. A command parses its arguments, makes one call and prints.

`main` finds the command without importing the others, `app` opens the workspace when it is needed, `output` and `told` print,
`spoken`, `voice` and the `chinese` files speak Chinese or English.
"""
