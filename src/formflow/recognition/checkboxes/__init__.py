"""Checkboxes: `outlines` finds them by their shape, `states` decides after recognition which are boxes and ticked."""
