"""Builds that scale and survive: what each file gives is kept, and the store is made of what is kept.

    find ─> work (batches of files, in processes of their own) ─> shards + ledger ─> join ─> a new store ─> publish

    work.py      a batch of files -> its shard, and a Result a file: the same function here and on a cluster
    task.py      what these stages hand on: Task, Result, Item
    crew.py      the local processes; one that dies or hangs costs its file one more try, alone
    processes.py how they are started and ended: hand.py, made of one that opened all that reading wants, warm.py
    cluster.py   the same batches on Dask's workers
    shards.py    N-Quads, gzip, a member a report: named by what they are made from, in a folder or at an fsspec URL
    ledger.py    SQLite: for each file how it stood on disk and its content's digest; for each content what it gave
    join.py      what depends on all reports: duplicates, and the graph of what they share; on disk, in order of names
    version.py   the digest of the code and tables that make a report's graph
    kg/versions.py   the stores of one output, of which one is in force; locks that die with their process

What it rests on:
- A result's key is a digest of the file's content and name, the limits, and the version; so it is never wrong.
- A shard is there whole or not at all; the ledger takes in a batch in one transaction; a store is made in a new folder
  and put in force by one rename of a link, with its Turtle, page and list. Killed between any two of these, nothing is
  lost but time.
- Nothing that depends on several reports is kept: join works it out anew, in order of names, whatever the order and
  number of the workers was. A build of which nothing changed is told by the keys alone, and ends before it.
- Where few reports changed, the new store begins as hard links to the files of the old one, which are never written to.
- No list of reports' contents is held in memory: they pass through SQLite's files.
A stage of its own is a module here; what a stage hands on is a class of task.py.
"""
