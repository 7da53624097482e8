"""What a user can put right. The command line shows these without a traceback.

KgError
├── InputError       a path, a file or its content            (what, where, what next)
│   └── SetAside     one file that the build leaves out; `code` names the reason
├── TableError       a row of kg/tables/*.csv
├── QueryError       a question, its parameters, or SPARQL
└── StoreError       an output folder or store that is missing or damaged
"""


class KgError(Exception):
    """Something that the user can put right; its text says what, where, and what next."""


class InputError(KgError):
    """A path that cannot be read as reports."""


class SetAside(InputError):
    """One file is left out of the build.

    code: a short stable reason (empty, binary, format, not-a-report …), for lists and tests.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type["SetAside"], tuple[str, str]]:
        return SetAside, (self.code, str(self))


class TableError(KgError):
    """A table of kg/tables/ breaks its contract; the text begins with file and line."""


class QueryError(KgError):
    """A question, parameter or SPARQL query that cannot be answered as it stands."""


class StoreError(KgError):
    """The output folder holds no graph, or one that cannot be opened."""
