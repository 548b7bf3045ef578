"""Known layouts: empty forms registered as files, and filled pages matched with them."""
