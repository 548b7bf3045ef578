"""Record and facts to findings and outcome, pure: the company's written rules.

`language` compiles their expressions (CEL), `functions` and `scope` give them names and values, `assess` asks them and
fills their messages, `decide` makes an outcome of all findings, `documents` chooses what is printed. `calendar` and `periods` count
working days and months. `check` and `examples` try the rules of a definition before any form arrives.
"""
