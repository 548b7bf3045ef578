"""Who calls `advance()`, where and how many at once.

`local` is the engine of one machine: it takes files in and moves them on from a few threads. `workers` and `pool` keep
the processes that read and make files, `worker` is what runs in them, `task` a job on its way, `starting` what
happens when they do not start, `processor` their clock. `scanning` keeps the processes that hold the recogniser, `checking`
the one that tries templates, and `ordered_lock` lets submissions write in order of receipt.
"""
