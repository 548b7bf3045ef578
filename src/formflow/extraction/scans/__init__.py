"""What pixels do to text, met before and after extraction: misread labels, doubtful structure, packets of pages."""
