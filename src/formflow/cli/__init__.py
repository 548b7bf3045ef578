"""The command line, a file per noun. Parse, one call, print."""
