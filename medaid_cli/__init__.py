"""medaid: sourced claims on the command line.

The map; each file imports only from those above it, third-party libraries only where named:

    errors.py      exit codes, and the few kinds of errors: one sentence each
    model.py       the records: claim, source, measure, programme, place, store, facts, problem
    languages.py   words for numbers and hedges, and marks among digits, by language
    numerals.py    numbers in languages other than English; tables of those without blanks between words
    figures.py     numbers with their hedge out of a quote; the interval that a hedge allows
    periods.py     the EDTF subset; days, before and after
    scopes.py      what a claim is about, made comparable; starts that may be inferred
    content.py     a file's bytes to TinyDB's tables and back, strictly
    records.py     documents to records: the fields of each table
    reading.py     a whole store to records at once, where all is as it should be           (msgspec; also model.py)
    references.py  whether what records refer to is there
    store.py       find the store, load it whole or not at all
    lock.py        one writer at a time
    storage.py     a TinyDB storage that puts a new file in the old one's place             (tinydb)
    transaction.py a store changed in one step, or not at all                               (tinydb)
    names.py       from what people type to ids
    query.py       the Filter, and the claims that pass it
    quantities.py  all claims on one scope, and how well they agree
    containment.py inside and apart: where quantities reach, and what can be proved of two of them
    packing.py     the heaviest set of quantities that are pairwise apart
    nesting.py     which quantities lie inside which, without comparing all with all
    totals.py      bounds, basis, target and checks of a total
    tallies.py     measure by measure: what counts, its total, what it leaves out
    checks.py      what may be wrong in a store: one small function a rule
    verify.py      whether quotes stand where claims say, in the user's own texts
    plain.py       cells that no spreadsheet takes for a formula, and back
    rows.py        rows that people bring: JSON Lines or CSV
    judging.py     documents on their way into a store: made whole, and judged
    curation.py    rows and single records entered, retracted, replaced
    reports/       one function per command: facts and filter to rows, columns, notes
    render/        reports to terminal, pipe, JSON, CSV, Markdown; cleaning of text          (rich: terminal.py)
    commands/      the options, and from options to a report                                 (typer)
    cli.py         the app, and the one place where errors become a message and a code       (typer)
    __main__.py    the program
"""

__version__ = "0.1.0"
