"""The joint: receipt, and `advance()`, the one function that moves a submission on.

What needs the database happens here, in the parent; what is pure (reading, rendering) is a job that a
worker process does and this room only describes.
"""
