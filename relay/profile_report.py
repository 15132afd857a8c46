"""What a profile has and lacks, and what a requester will read, for whoever writes one."""

from typing import Any, Final

from desktop.tickets.organisation import Organisation, Purpose
from desktop.tickets.profile import parse_profile
from relay.profile import read_profile

_SECTIONS: Final = {
    "hours": "business hours",
    "phones": "telephone numbers",
    "email": "address for requests",
    "priorities": "priorities",
    "priority_rules": "how a priority is found",
    "statuses": "statuses",
    "service_levels": "service-level goals",
    "closure_days": "days until a solved ticket closes",
    "request_types": "kinds of request",
    "escalation": "terms of a faster answer",
    "roles": "roles",
    "articles": "help articles",
    "links": "links",
    "help_faster": "what speeds help up",
}


def report(name_or_file: str) -> tuple[dict[str, Any], str]:
    """The report as a value and as text; raises `InvalidProfile` with file, key and reason."""
    organisation = parse_profile(read_profile(name_or_file), source=name_or_file)
    absent = [words for section, words in _SECTIONS.items() if not getattr(organisation, section)]
    present = [words for section, words in _SECTIONS.items() if getattr(organisation, section)]
    reads = _reads(organisation)
    value = {"key": organisation.key, "name": organisation.name, "present": present, "absent": absent, "reads": reads}
    lines = [f"{organisation.name} ({organisation.key}): usable", "", "has", *(f"  {words}" for words in present)]
    lines += ["has not (nothing is shown in its place)", *(f"  {words}" for words in absent or ["nothing is absent"])]
    lines += ["", "a requester reads", *(f"  {line['where']:<34}{line['words']}" for line in reads)]
    return value, "\n".join(lines)


def _reads(organisation: Organisation) -> list[dict[str, str]]:
    said = [(f"priority {level.name}", level.words) for level in organisation.priorities]
    said += [(f"status {status.name}", f"{status.words} {status.next}".strip()) for status in organisation.statuses]
    said += [(f"kind {kind.name}", kind.advice) for kind in organisation.request_types if kind.advice]
    said += [(f"telephone {phone.label}", f"{phone.number} {phone.press}".strip()) for phone in organisation.phones]
    lacking = {status.purpose for status in organisation.statuses}
    if organisation.statuses and Purpose.REOPENED not in lacking:
        said.append(("a re-opened ticket", "no status of its own: neutral words are shown"))
    return [{"where": where, "words": words} for where, words in said]
