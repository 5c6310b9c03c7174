"""medaid: sourced claims on the command line.

The map; each file imports only from those above it, third-party libraries only where named:

    errors.py      exit codes, and the few kinds of errors: one sentence each
    model.py       the records: claim, source, measure, programme, place, store, facts, problem
    figures.py     numbers with their hedge out of a quote; the interval that a hedge allows
    periods.py     the EDTF subset; days, before and after
    scopes.py      what a claim is about, made comparable; starts that may be inferred
    storage.py     bytes to TinyDB's tables, strictly                                        (tinydb)
    records.py     documents to records: the fields of each table
    store.py       find the store, load it whole or not at all                               (tinydb)
    names.py       from what people type to ids
    query.py       the Filter, and the claims that pass it
    quantities.py  all claims on one scope, and how well they agree
    containment.py inside and apart: where quantities reach, and what can be proved of two of them
    packing.py     the heaviest set of quantities that are pairwise apart
    nesting.py     which quantities lie inside which, without comparing all with all
    totals.py      bounds, basis, target and checks of a total
    reports/       one function per command: facts and filter to rows, columns, notes
    render/        reports to terminal, pipe, JSON, CSV, Markdown; cleaning of text          (rich: terminal.py)
    commands/      the options, and from options to a report                                 (typer)
    cli.py         the app, and the one place where errors become a message and a code       (typer)
    __main__.py    the program
"""

__version__ = "0.1.0"
