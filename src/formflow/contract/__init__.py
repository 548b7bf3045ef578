"""The JSON that other programs read: one function for each type, used by every command, by the bags and by the API.

`values` writes what the model holds and lies just above it; `views` writes what the pipeline and the stores tell.
"""
