"""Record and facts to findings and outcome, pure: the company's written rules in CEL, working days, periods."""
