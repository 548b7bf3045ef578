"""Checkboxes on a page of pixels: found by their outline, judged by their ink."""
