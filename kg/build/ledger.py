"""The ledger: for each file how it stood on disk, for each content what it gave. SQLite, one transaction a batch.

In: the files that are there, and Results. Out: Tasks for what has to be read; the items of all files, in order. It is
never wrong, only incomplete: without it, all is read again.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from kg.build.task import Item, Result, Task, key, stand
from kg.build.version import version
from kg.errors import InputError
from kg.read import Limits

_SCHEMA = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS file (
    name TEXT PRIMARY KEY, path BLOB, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,
    digest TEXT, key TEXT, wanted INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item (key TEXT, place INTEGER, {columns}, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shards ON item (shard);
CREATE TABLE IF NOT EXISTS copy (name TEXT PRIMARY KEY, other TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
_COLUMNS = tuple(Item.__slots__)
_BRIEF = _COLUMNS[: _COLUMNS.index("sha256")]


class Ledger:
    """What builds of one output folder know. limits: of this build. Raises InputError when the disk is full."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.limits = limits
        self._db = sqlite3.connect(folder / "ledger.sqlite", isolation_level=None, check_same_thread=False)
        try:
            usable = self._prepared()
        except sqlite3.DatabaseError as error:
            self._db.close()
            if isinstance(error, sqlite3.OperationalError):
                raise
            usable = False
        if not usable:  # damaged, or another version's: it is a cache, and made anew
            self._db.close()
            for path in folder.glob("ledger.sqlite*"):
                path.unlink()
            self._db = sqlite3.connect(folder / "ledger.sqlite", isolation_level=None, check_same_thread=False)
            self._prepared()

    def _prepared(self) -> bool:
        """Make the tables that are not there; tell whether those that are there hold what an Item has."""
        self._db.executescript(_SCHEMA.format(columns=", ".join(_COLUMNS)))
        if [row[1] for row in self._db.execute("PRAGMA table_info(item)")] != ["key", "place", *_COLUMNS]:
            return False
        # what is asked of every item at every build, without what is wide: a seventh of the time
        self._db.execute(f"CREATE INDEX IF NOT EXISTS brief ON item (key, place, {', '.join(_BRIEF)})")
        return True

    def close(self) -> None:
        self._db.close()

    def meta(self, name: str, value: str | None = None) -> str:
        """Return what is noted under a name, or note it."""
        if value is not None:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
            return value
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def outdated(self) -> bool:
        """Say whether other extractors made what is here, and from now on these do."""
        before = self.meta("version")
        self.meta("version", version())
        return bool(before) and before != version()

    def expect(self, files: Iterable[tuple[Path, str]]) -> int:
        """Take the files that this build is of; return how many."""
        db, count = self._db, 0
        with db:
            db.execute("BEGIN")
            db.execute("UPDATE file SET wanted = 0")
            insert = "INSERT INTO file (name, path, wanted) VALUES (?, ?, 1)"
            same = "ON CONFLICT (name) DO UPDATE SET path = excluded.path, wanted = 1"
            for path, name in files:
                db.execute(f"{insert} {same}", (name, os.fsencode(path)))  # bytes: a name need not be text
                count += 1
        return count

    def forget_set_aside(self) -> None:
        """Forget what files gave that were set aside, so that they are read again."""
        with self._db as db:
            db.execute("BEGIN")
            db.execute(
                "UPDATE file SET size = NULL, digest = NULL WHERE key IN (SELECT key FROM item WHERE code <> '')"
            )
            db.execute("DELETE FROM item WHERE key IN (SELECT key FROM item WHERE code <> '')")

    def forget_lost(self, shards: set[str]) -> None:
        """Forget what contents gave whose shards are not among those that are there."""
        known = self._db.execute("SELECT DISTINCT shard FROM item WHERE shard <> ''")
        lost = [row for row in known if row[0] not in shards]
        with self._db as db:
            db.execute("BEGIN")
            db.executemany("DELETE FROM item WHERE key IN (SELECT key FROM item WHERE shard = ?)", lost)

    def check(self) -> int:
        """Find the files that are not known to be as they were when they were read; return how many."""
        last, changed = "", 0
        columns = "name, path, size, mtime, ctime, inode, digest, key"
        kept = "EXISTS (SELECT 1 FROM item WHERE item.key = file.key)"
        query = f"SELECT {columns}, {kept} FROM file WHERE wanted AND name > ? ORDER BY name LIMIT 1000"
        while rows := self._db.execute(query, (last,)).fetchall():
            todo = []
            for name, path, *stood, digest, known, kept in rows:
                has = kept and bool(digest) and key(name, digest, self.limits) == known
                if not (has and _stands(os.fsdecode(path), tuple(stood))):
                    todo.append((digest if has else None, name))
            with self._db as db:
                db.execute("BEGIN")
                db.executemany("UPDATE file SET wanted = 2, digest = ? WHERE name = ?", todo)
            changed += len(todo)
            last = rows[-1][0]
        return changed

    def to_read(self) -> Iterator[Task]:
        """Yield the files that check found, in the order of their names."""
        last = ""
        query = "SELECT path, name, digest FROM file WHERE wanted = 2 AND name > ? ORDER BY name LIMIT 1000"
        while rows := self._db.execute(query, (last,)).fetchall():
            yield from (Task(os.fsdecode(path), name, digest or "") for path, name, digest in rows)
            last = rows[-1][1]

    def take(self, results: Sequence[Result]) -> None:
        """Take in what a batch of files gave, all or nothing."""
        marks = ", ".join("?" * (len(_COLUMNS) + 2))
        with self._db as db:
            db.execute("BEGIN")
            for result in results:
                name, known = result.task.name, key(result.task.name, result.digest, self.limits)
                stood: Sequence[int | None] = result.stand or (None,) * 4
                columns = "size = ?, mtime = ?, ctime = ?, inode = ?, digest = ?, key = ?"
                row = (*stood, result.digest, known, name)
                db.execute(f"UPDATE file SET {columns} WHERE name = ?", row)
                if result.items is not None:
                    db.execute("DELETE FROM item WHERE key = ?", (known,))
                    rows = ((known, i, *(getattr(item, c) for c in _COLUMNS)) for i, item in enumerate(result.items))
                    db.executemany(f"INSERT INTO item VALUES ({marks})", rows)

    def fingerprint(self) -> str:
        """Return a digest of all that the graph depends on: files by name, with the keys of their contents."""
        found = sha256(version().encode())
        for name, known in self._db.execute("SELECT name, key FROM file WHERE wanted ORDER BY name"):
            found.update(f"{name}\n{known}\n".encode("utf-8", "surrogatepass"))
        return found.hexdigest()

    def items(self) -> Iterator[tuple[str, Item]]:
        """Yield the items of this build's files with their content's key, in the order of names."""
        columns = ", ".join(f"item.{column}" for column in _COLUMNS)
        query = f"SELECT file.key, {columns} FROM file JOIN item USING (key) WHERE wanted ORDER BY file.name, place"
        for known, *values in self._db.execute(query):
            yield known, Item(*values)

    def joined(self, fingerprint: str, copies: Iterable[tuple[str, str]], **notes: object) -> None:
        """Note which items are the same report as another, of a build with that fingerprint, and what else it notes."""
        with self._db as db:
            db.execute("BEGIN")
            db.execute("DELETE FROM copy")
            db.executemany("INSERT INTO copy VALUES (?, ?)", copies)
            for name, value in {"joined": fingerprint, **notes}.items():
                self.meta(name, str(value))

    def outcome(self) -> Iterator[tuple[Item, str | None]]:
        """Yield the items of this build's files without what joins them, and what each is a copy of."""
        short = ", ".join(f"item.{column}" for column in _BRIEF)
        query = f"""SELECT other, {short} FROM file JOIN item USING (key) LEFT JOIN copy ON copy.name = item.name
            WHERE wanted ORDER BY file.name, place"""
        for other, *values in self._db.execute(query):
            yield Item(*values), other

    def tidy(self) -> set[str]:
        """Forget files and contents that this build does not have; return the shards that are still needed."""
        with self._db as db:
            db.execute("BEGIN")
            db.execute("DELETE FROM file WHERE NOT wanted")
            db.execute("DELETE FROM item WHERE key NOT IN (SELECT key FROM file WHERE key IS NOT NULL)")
        return {name for (name,) in self._db.execute("SELECT DISTINCT shard FROM item")}


def _stands(path: str, stood: tuple[int, ...]) -> bool:
    try:
        return stand(path) == stood
    except OSError:
        return False


def full(error: Exception, output: Path, renewed: bool) -> InputError:
    """Return what to tell a user of a disk that takes no more. renewed: the new graph is already in force."""
    why = getattr(error, "strerror", None) or str(error)
    if "No space left" in why or "is full" in why:
        why = "No space left on device"
    state = "The new graph is in force" if renewed else "The graph that was there is unchanged"
    return InputError(
        f"{output}: cannot be written ({why}). {state}; make room, then run the same command again: it goes on from"
        " what is done. Or give another folder with -o."
    )
