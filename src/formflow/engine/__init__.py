"""Who calls advance(), where and how many at once."""
