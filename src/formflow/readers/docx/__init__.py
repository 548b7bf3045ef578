"""Word documents (.docx, .docm) to the neutral Document's parts; `document` is where reading begins."""
