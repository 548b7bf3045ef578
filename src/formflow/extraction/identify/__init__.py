"""Which forms a document holds, and where each begins and ends."""
