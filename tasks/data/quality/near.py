"""Near copies among rows: the same message in almost the same letters, of two families.

MinHash (Broder 1997, by datasketch) proposes pairs, exact Jaccard over threes of letters decides.
"""

from collections.abc import Iterator, Sequence

from tasks.data.leak import PERMUTATIONS, Shape, jaccard, minhash, plain
from tasks.data.quality.material import Placed

SAME = 0.85  # Jaccard over threes of letters
LEAST_WORDS = 5  # shorter messages are alike by chance


def near_copies(rows: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Each row whose message nearly repeats one of an earlier row of another family and of the same role, once."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=SAME, num_perm=PERMUTATIONS)
    known: dict[tuple[str, str], tuple[Placed, Shape]] = {}
    for placed in rows:
        shape = Shape(plain(placed.said))
        key = (placed.row.role, shape.text)
        if len(shape.words) < LEAST_WORDS or key in known:
            continue
        hashed = minhash(shape)
        found = (known[near] for near in sorted(index.query(hashed)))
        other = next((one for one, other in found if _same(placed, shape, one, other)), None)
        known[key] = (placed, shape)
        index.insert(key, hashed)
        if other is not None:
            yield placed, other


def _same(placed: Placed, shape: Shape, one: Placed, other: Shape) -> bool:
    if placed.row.role != one.row.role or placed.row.family == one.row.family:
        return False
    return jaccard(shape.shingles, other.shingles) >= SAME
