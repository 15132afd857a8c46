"""What a profile has and lacks, and what a requester will read, for whoever writes one."""

from typing import Any

from desktop.tickets.organisation import Purpose
from desktop.tickets.profile import parse_profile
from desktop.tickets.profile_words import absent_sections, requester_words
from relay.profile import read_profile

NEUTRAL = "no status of its own: neutral words are shown"
"""What becomes of a ticket that is opened again where the provider has no status for it."""


def report(name_or_file: str) -> tuple[dict[str, Any], str]:
    """The report as a value and as text; raises `InvalidProfile` with file, key and reason of what is wrong."""
    organisation = parse_profile(read_profile(name_or_file), source=name_or_file)
    absent = list(absent_sections(organisation))
    reads = list(requester_words(organisation))
    if organisation.statuses and Purpose.REOPENED not in {status.purpose for status in organisation.statuses}:
        reads.append(("a ticket opened again", NEUTRAL))
    value = {
        "key": organisation.key,
        "name": organisation.name,
        "wrong": [],
        "absent": absent,
        "reads": [{"where": where, "words": words} for where, words in reads],
    }
    width = max(len(where) for where, _ in reads)
    lines = [f"{organisation.name} ({organisation.key}): usable, nothing is wrong with it"]
    lines += [
        "",
        "It has not (nothing is shown in its place):",
        *(f"  {name}" for name in absent or ["nothing: it has every section"]),
    ]
    lines += ["", "A requester reads:", *(f"  {where:<{width}}  {words}" for where, words in reads)]
    return value, "\n".join(lines)
