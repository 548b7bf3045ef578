"""Entry to bytes: docx templates compiled, checked and filled; copies stamped with their number; the register as a book."""
