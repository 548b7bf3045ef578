"""Files that hold other files: archives, mails, PDF portfolios; `unpack` is where reading begins."""
