"""The labels of forms: folded to what they say, indexed by what they mean, taught by people."""
