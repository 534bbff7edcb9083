"""How long things take when the register is full, measured on an invented province of any size.

    python -m tests.benchmarks lists --rows 100000
    DATABASE_URL=postgres://postgres@127.0.0.1/gansu_care python -m tests.benchmarks figures --rows 1000000 --explain

One module here is one benchmark; its name on the command line is the module's. It says in words what it measures
(its docstring) and has two functions: `arguments(parser)` and `run(options)`. What all of them stand on (a database
of their own, the population, the clock) is in `ground/`.
"""
