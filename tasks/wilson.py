"""The interval of a share, which every report of ours gives."""

import math

Z95 = 1.959963984540054


def wilson(hits: float, total: int) -> tuple[float, float]:
    """The 95% score interval of `hits` in `total` trials, in 0..1 (Wilson 1927): right at none and at all, too.

    `hits` may be a mean over repeats of the same trials. Nothing tried: everything is possible.
    """
    if not total:
        return 0.0, 1.0
    share, spread = hits / total, Z95**2 / total
    center = (share + spread / 2) / (1 + spread)
    half = Z95 / (1 + spread) * math.sqrt(max(0.0, share * (1 - share)) / total + spread / (4 * total))
    return (0.0 if hits <= 0 else max(0.0, center - half), 1.0 if hits >= total else min(1.0, center + half))
