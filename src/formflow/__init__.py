"""formflow turns filled forms into numbered entries with archive copies and approval documents."""

__version__ = "0.1.0"
