"""What runs in worker processes: a job is a value that can be pickled, with `run()`; `worker_context` is what it meets there."""
