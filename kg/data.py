"""Where the package's own data folders are: ontology/ and queries/.

In a checkout they stand beside the package; an installed wheel carries them inside it.
"""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def folder(name: str) -> Traversable:
    """Return the folder of that name (ontology, queries/answers, …)."""
    inside = resources.files("kg") / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name
