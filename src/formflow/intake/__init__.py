"""The inbox: what lies in it, when a file is complete, what happens to one that cannot be read."""
