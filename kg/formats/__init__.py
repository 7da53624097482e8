"""The graph in the formats of other tools; export.py chooses one.

In: a Store, read graph by graph, so that memory does not grow with the number of reports. Out: bytes, the same on every
machine. A new format is a module here and its line in FORMATS of export.py.
"""
