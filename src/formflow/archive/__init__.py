"""Numbered archive copies: one BagIt bag an entry, and the proof that they are whole.

`copies` plans what a bag holds and `closing` makes it, durable and all at once; `bag` writes and checks manifests, `shared`
and `fetch` keep once what several entries share, `names` and `number` give places and 档号. `verify` holds bags and
register against each other; `examination` and `report` make the 四性检测, `handover`, `contents` and `directory` hand a year over;
`renditions`, `pdfa` and `type1` make PDF/A beside them. `shelf` tells the register which numbers were given.
"""
