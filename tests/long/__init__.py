"""Long runs: what must hold at every moment, tried at many.

    python -m tests.long kills --rounds 50
    DATABASE_URL=postgres://postgres@127.0.0.1/gansu_care python -m tests.long overlaps --rounds 100

One module here is one run; its name on the command line is the module's. It says in words what it tries (its
docstring), and has two functions: `arguments(parser)` and `run(options)`, which gives a dict of figures with the list
`violations`. Each works on a database of its own beside the one that DATABASE_URL names, prints its figures and writes
them as JSON to var/long/. The test suite runs a small fixed sample of each (test_samples.py).
"""
