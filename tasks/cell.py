"""Text of others in a Markdown table of ours."""


def cell(text: object, length: int = 300) -> str:
    """Text that cannot break out of a Markdown table cell, nor turn into a link or HTML."""
    plain = " ".join(str(text).split())
    plain = plain if len(plain) <= length else plain[: length - 1] + "…"
    for mark, safe in (("&", "&amp;"), ("<", "&lt;"), ("\\", "\\\\"), ("|", "\\|"), ("[", "\\["), ("`", "'")):
        plain = plain.replace(mark, safe)
    return plain
