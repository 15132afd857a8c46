"""A summary from whatever was typed."""

from desktop.tickets.ticket import MAX_SUMMARY


def split_sentence(text: str) -> tuple[str, str]:
    """Summary and details of what was typed: its first line, and all of it where that is not the whole."""
    whole = text.strip()
    first = " ".join(whole.partition("\n")[0].split())
    if len(first) <= MAX_SUMMARY:
        return first, whole if "\n" in whole else ""
    head = first[: MAX_SUMMARY - 1]
    at_word = head.rpartition(" ")[0]
    return (at_word if len(at_word) > MAX_SUMMARY // 2 else head) + "…", whole
