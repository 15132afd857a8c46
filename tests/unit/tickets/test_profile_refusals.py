"""A profile that cannot be used is refused with its file, the key at fault and the reason."""

import json
import tomllib
from dataclasses import fields, replace
from datetime import date
from importlib import resources
from typing import Any

import pytest

from desktop.tickets.organisation import Organisation
from desktop.tickets.profile import MAX_PROFILE, InvalidProfile, parse_profile
from desktop.tickets.profile_words import absent_sections
from desktop.tickets.trouble import Trouble
from desktop.tickets.typed_toml import MAX_ITEMS

HEAD = 'key = "acme"\nname = "Acme"\n'
PRIORITIES = """
[[priorities]]
key = "p1"
name = "One"
rank = 1
words = "Urgent"
meaning = "It is urgent."
[[priorities]]
key = "p2"
name = "Two"
rank = 2
words = "Normal"
meaning = "It is not."
"""
HOURS = '[hours]\ntime_zone = "Europe/Paris"\n'
TERMS = """[escalation]
fee = 100
currency = "EUR"
from_priority = "p2"
to_priority = "p1"
approvers = ["approver"]
"""


def status(key: str, purpose: str, stage: str, runs: str = "false", actor: str = "provider") -> str:
    return (
        f'[[statuses]]\nkey = "{key}"\nname = "N"\npurpose = "{purpose}"\nstage = "{stage}"\nruns = {runs}\n'
        f'actor = "{actor}"\nwords = "W"\n'
    )


STATUSES = "".join(
    (
        status("a", "new", "respond", "true"),
        status("b", "client_responded", "respond", "true"),
        status("c", "completed", "resolved"),
        status("d", "reopened", "resolve", "true"),
    )
)

REFUSALS = {
    "not TOML": ("key = ", "", "is not TOML"),
    "a number with too many digits": (HEAD + "closure_days = " + "9" * 5000, "", "is not TOML"),
    "nested too deeply": ("x = " + "[" * 50_000, "", "is nested too deeply"),
    "too long": (HEAD + "#" * MAX_PROFILE, "", "is longer than"),
    "no key": ('name = "Acme"', "key", "is missing"),
    "no name": ('key = "acme"', "name", "is missing"),
    "key with capitals": ('key = "Acme"\nname = "Acme"', "key", "small letters"),
    "blank name": ('key = "acme"\nname = "  "', "name", "must not be empty"),
    "NUL in a text": ('key = "acme"\nname = "A\\u0000B"', "name", "control characters"),
    "text written backwards": ('key = "acme"\nname = "\\u202eemca"', "name", "control characters"),
    "unknown key": (HEAD + "colour = 1", "colour", "is not known"),
    "unknown key that hides": (HEAD + '"\\u202ex" = 1', "?x", "is not known"),
    "unknown key in an entry": (HEAD + '[[links]]\nuse="portal"\nlabel="L"\nhref="x"', "links[0].href", "is not known"),
    "number for text": (HEAD + "email = 5", "email", "must be text"),
    "text for a number": (HEAD + 'closure_days = "1"', "closure_days", "must be a whole number"),
    "yes for a number": (HEAD + "closure_days = true", "closure_days", "must be a whole number"),
    "number for a yes": (HEAD + "real = 1", "real", "must be true or false"),
    "text for a list": (HEAD + 'help_faster = "x"', "help_faster", "must be a list"),
    "number in a list of texts": (HEAD + 'help_faster = ["x", 1]', "help_faster[1]", "must be text"),
    "list for a table": (HEAD + "escalation = []", "escalation", "must be a table"),
    "table for a list": (HEAD + "[phones]", "phones", "must be a list"),
    "too many entries": (HEAD + f"help_faster = {['x'] * (MAX_ITEMS + 1)}", "help_faster", "at most"),
    "bad address": (HEAD + 'email = "help"', "email", "must be an address"),
    "closing after no day": (HEAD + "closure_days = 0", "closure_days", "must be between"),
    "unknown zone": (HEAD + 'time_zone = "Mars/Olympus"', "time_zone", "is no time zone"),
    "a zone that is a folder": (HEAD + 'time_zone = "America"', "time_zone", "is no time zone"),
    "a zone that is a path": (HEAD + 'time_zone = "../../etc/passwd"', "time_zone", "is no time zone"),
    "phone for nothing": (HEAD + '[[phones]]\nlabel="L"\nnumber="1"\nuses=[]', "phones[0].uses", "must name a use"),
    "unknown phone use": (HEAD + '[[phones]]\nlabel="L"\nnumber="1"\nuses=["fax"]', "phones[0].uses", "must be one of"),
    "number that does not dial": (
        HEAD + '[[phones]]\nlabel="L"\nnumber="1"\nuses=["sales"]\ndial="555"',
        "phones[0].dial",
        "digits after a +",
    ),
    "unknown link use": (HEAD + '[[links]]\nuse="shop"\nlabel="L"', "links[0].use", "must be one of"),
    "link without a lock": (HEAD + '[[links]]\nuse="portal"\nlabel="L"\nurl="http://x"', "links[0].url", "https://"),
    "hours without a zone": (HEAD + '[hours]\nmonday = ["08:00-12:00"]', "hours.time_zone", "is missing"),
    "hours with an unknown zone": (
        HEAD + '[hours]\ntime_zone = "X/Y"\nmonday = ["08:00-12:00"]',
        "hours.time_zone",
        "is no time zone",
    ),
    "hours that are no table": (HEAD + "hours = 8", "hours", "must be a table"),
    "never open": (HEAD + HOURS, "hours", "no day with opening hours"),
    "unknown weekday": (HEAD + HOURS + 'mondays = ["08:00-12:00"]', "hours.mondays", "is not known"),
    "a time of 25 o'clock": (HEAD + HOURS + 'monday = ["08:00-25:00"]', "hours.monday[0]", "two times such as"),
    "a time that is no text": (HEAD + HOURS + "monday = [8]", "hours.monday[0]", "must be text"),
    "a shift that ends as it starts": (
        HEAD + HOURS + 'monday = ["08:00-08:00"]',
        "hours.monday[0]",
        "must end after it starts",
    ),
    "midnight written as 00:00": (HEAD + HOURS + 'monday = ["08:00-00:00"]', "hours.monday[0]", "must end at 24:00"),
    "overlapping shifts": (
        HEAD + HOURS + 'monday = ["08:00-12:00", "11:59-17:00"]',
        "hours.monday[1]",
        "must begin after",
    ),
    "a shift after midnight": (
        HEAD + HOURS + 'monday = ["08:00-24:00", "12:00-13:00"]',
        "hours.monday[1]",
        "must begin after",
    ),
    "holiday without a name": (
        HEAD + HOURS + 'monday = ["08:00-12:00"]\nholidays = [{day = 2026-12-25}]',
        "hours.holidays[0].name",
        "is missing",
    ),
    "holiday with an unknown key": (
        HEAD + HOURS + 'monday = ["08:00-12:00"]\nholidays = [{day = 2026-12-25, name = "C", moon = 1}]',
        "hours.holidays[0].moon",
        "is not known",
    ),
    "holiday that is a moment": (
        HEAD + HOURS + 'monday = ["08:00-12:00"]\nholidays = [{day = 2026-12-25T00:00:00, name = "C"}]',
        "hours.holidays[0].day",
        "must be a date",
    ),
    "holiday given twice": (
        HEAD
        + HOURS
        + 'monday = ["08:00-12:00"]\nholidays = [{day = 2026-12-25, name = "C"}, {day = 2026-12-25, name = "D"}]',
        "hours.holidays[1].day",
        "given twice",
    ),
    "holiday with bad hours": (
        HEAD + HOURS + 'monday = ["08:00-12:00"]\nholidays = [{day = 2026-12-25, name = "C", open = ["9-12"]}]',
        "hours.holidays[0].open[0]",
        "two times such as",
    ),
    "a fact that is no key": (
        HEAD + '[capture]\nnever_facts = ["The address"]',
        "capture.never_facts",
        "small letters",
    ),
    "a rule for nothing": (HEAD + "[capture]\nscreenshot = false", "capture.screenshot", "is not known"),
    "two priorities of one key": (HEAD + PRIORITIES.replace('"p2"', '"p1"'), "priorities[1].key", "given twice"),
    "two priorities of one rank": (
        HEAD + PRIORITIES.replace("rank = 2", "rank = 1"),
        "priorities[1].rank",
        "given twice",
    ),
    "a rank of none": (HEAD + PRIORITIES.replace("rank = 1", "rank = 0"), "priorities[0].rank", "must be between"),
    "a row for an unknown priority": (
        HEAD + PRIORITIES + '[[priority_rules]]\npriority = "p9"\nreason = "R"',
        "priority_rules[0].priority",
        "no priority 'p9'",
    ),
    "a row for an unknown type": (
        HEAD
        + PRIORITIES
        + '[[request_types]]\nkey="a"\nname="A"\n[[priority_rules]]\npriority="p1"\nreason="R"\ntypes=["b"]',
        "priority_rules[0].types",
        "no request type 'b'",
    ),
    "a row for an unknown answer": (
        HEAD + PRIORITIES + '[[priority_rules]]\npriority = "p1"\nreason = "R"\nimpact = ["all"]',
        "priority_rules[0].impact[0]",
        "must be one of: everyone",
    ),
    "a blank answer": (
        HEAD + PRIORITIES + '[[priority_rules]]\npriority = "p1"\nreason = "R"\nimpact = [""]',
        "priority_rules[0].impact[0]",
        "must not be empty",
    ),
    "a row without a reason": (
        HEAD + PRIORITIES + '[[priority_rules]]\npriority = "p1"',
        "priority_rules[0].reason",
        "is missing",
    ),
    "a table that is not total": (
        HEAD + PRIORITIES + '[[priority_rules]]\npriority = "p1"\nreason = "R"\nblocked = ["yes", "no", "workaround"]',
        "priority_rules",
        "no row matches type '', security false, impact everyone, blocked unsure, planned false",
    ),
    "a table that is not total for one type": (
        HEAD
        + PRIORITIES
        + '[[request_types]]\nkey="a"\nname="A"\nplanned=true\n'
        + '[[priority_rules]]\npriority="p1"\nreason="R"\nplanned=false\n'
        + '[[priority_rules]]\npriority="p1"\nreason="R"\nsecurity=true\n'
        + '[[priority_rules]]\npriority="p1"\nreason="R"\nblocked=["no","yes","workaround"]',
        "priority_rules",
        "no row matches",
    ),
    "two statuses of one key": (HEAD + STATUSES + status("a", "on_hold", "waiting"), "statuses[4].key", "given twice"),
    "a status with an unknown purpose": (HEAD + status("a", "nap", "respond"), "statuses[0].purpose", "must be one of"),
    "a status for nothing": (HEAD + status("a", "unknown", "respond"), "statuses[0].purpose", "must say what"),
    "a status of no stage": (HEAD + status("a", "new", "unknown"), "statuses[0].stage", "must be a stage"),
    "a status with an unknown actor": (
        HEAD + STATUSES.replace('actor = "provider"', 'actor = "moon"', 1),
        "statuses[0].actor",
        "must be one of",
    ),
    "a status with an unknown button": (
        HEAD + STATUSES + 'buttons = ["reply", "dance"]',
        "statuses[3].buttons[1]",
        "must be one of",
    ),
    "a clock that runs after the end": (
        HEAD + STATUSES.replace('resolved"\nruns = false', 'resolved"\nruns = true'),
        "statuses[2].runs",
        "must be false",
    ),
    "an end that is no end": (
        HEAD + STATUSES.replace("resolved", "waiting"),
        "statuses[2].stage",
        "must be resolved for completed",
    ),
    "no status for a new ticket": (HEAD + STATUSES.replace('"new"', '"working"'), "statuses", "purpose new"),
    "no status for a reply": (
        HEAD + STATUSES.replace('"client_responded"', '"on_hold"'),
        "statuses",
        "purpose client_responded",
    ),
    "no status to re-open into": (HEAD + STATUSES.replace('"reopened"', '"working"'), "statuses", "purpose reopened"),
    "no status for solved": (HEAD + STATUSES.replace('"completed"', '"closed"'), "statuses", "purpose completed"),
    "closing into nothing": (
        HEAD + STATUSES + status("e", "pending_closure", "waiting"),
        "statuses",
        "purpose closed",
    ),
    "goals for an unknown priority": (
        HEAD + PRIORITIES + '[[service_levels]]\npriority = "p9"\nrespond = 5',
        "service_levels[0].priority",
        "no priority 'p9'",
    ),
    "goals given twice": (
        HEAD + PRIORITIES + '[[service_levels]]\npriority = "p1"\n[[service_levels]]\npriority = "p1"',
        "service_levels[1].priority",
        "given twice",
    ),
    "goals that run backwards": (
        HEAD + PRIORITIES + '[[service_levels]]\npriority = "p1"\nrespond = 60\nresolve = 30',
        "service_levels[0].resolve",
        "must be between 60",
    ),
    "a goal of no time": (
        HEAD + PRIORITIES + '[[service_levels]]\npriority = "p1"\nrespond = 0',
        "service_levels[0].respond",
        "must be between 1",
    ),
    "two types of one key": (
        HEAD + '[[request_types]]\nkey="a"\nname="A"\n[[request_types]]\nkey="a"\nname="B"',
        "request_types[1].key",
        "given twice",
    ),
    "two questions of one key": (
        HEAD + '[[request_types]]\nkey="a"\nname="A"\nquestions=[{key="q",label="L"},{key="q",label="M"}]',
        "request_types[0].questions[1].key",
        "given twice",
    ),
    "a type that goes to no number": (
        HEAD
        + '[[phones]]\nlabel="L"\nnumber="1"\nuses=["support"]\n'
        + '[[request_types]]\nkey="a"\nname="A"\nelsewhere_phone="sales"',
        "request_types[0].elsewhere_phone",
        "no phone has this use",
    ),
    "a type that goes to an unknown use": (
        HEAD + '[[request_types]]\nkey="a"\nname="A"\nelsewhere_phone="fax"',
        "request_types[0].elsewhere_phone",
        "must be one of",
    ),
    "an unknown role": (HEAD + '[[roles]]\nrole="boss"\nname="B"\nduties="D"', "roles[0].role", "must be one of"),
    "a role given twice": (
        HEAD + '[[roles]]\nrole="approver"\nname="B"\nduties="D"\n' * 2,
        "roles[1].role",
        "given twice",
    ),
    "a free fee": (HEAD + PRIORITIES + TERMS.replace("100", "0"), "escalation.fee", "must be between"),
    "a fee with a fraction": (HEAD + PRIORITIES + TERMS.replace("100", "1.5"), "escalation.fee", "whole number"),
    "an unknown currency": (HEAD + PRIORITIES + TERMS.replace("EUR", "euro"), "escalation.currency", "capital letters"),
    "terms from an unknown priority": (
        HEAD + PRIORITIES + TERMS.replace('"p2"', '"p8"'),
        "escalation.from_priority",
        "no priority 'p8'",
    ),
    "terms to an unknown priority": (
        HEAD + PRIORITIES + TERMS.replace('"p1"', '"p9"'),
        "escalation.to_priority",
        "no priority 'p9'",
    ),
    "terms that lead nowhere": (
        HEAD + PRIORITIES + TERMS.replace('"p1"', '"p2"'),
        "escalation.to_priority",
        "must be more urgent",
    ),
    "nobody to approve": (
        HEAD + PRIORITIES + TERMS.replace('["approver"]', "[]"),
        "escalation.approvers",
        "must name a role",
    ),
    "an unknown approver": (
        HEAD + PRIORITIES + TERMS.replace('["approver"]', '["boss"]'),
        "escalation.approvers",
        "must be one of",
    ),
    "endless silence": (HEAD + PRIORITIES + TERMS + "silent_hours = 99999", "escalation.silent_hours", "between"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_is_refused_with_file_key_and_reason(case: str) -> None:
    text, key, reason = REFUSALS[case]

    with pytest.raises(InvalidProfile) as refused:
        parse_profile(text, source="acme.toml")

    trouble = refused.value
    assert (trouble.source, trouble.key) == ("acme.toml", key)
    assert reason in trouble.reason
    assert "acme.toml" in trouble.sentence
    assert key in trouble.sentence
    assert isinstance(trouble, Trouble)


@pytest.mark.parametrize("section", [PRIORITIES, PRIORITIES + TERMS, STATUSES, HOURS + 'monday = ["00:00-24:00"]', ""])
def test_what_the_refusals_start_from_is_accepted(section: str) -> None:
    assert parse_profile(HEAD + section, source="acme.toml").name == "Acme"


def test_a_provider_that_has_stated_only_its_name() -> None:
    assert parse_profile(HEAD, source="acme.toml") == Organisation(key="acme", name="Acme")


def example() -> dict[str, Any]:
    return tomllib.loads((resources.files("resources") / "organisations" / "example.toml").read_text(encoding="utf-8"))


def as_toml(value: object) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def parse(table: dict[str, Any]) -> Organisation:
    return parse_profile("".join(f"{key} = {as_toml(value)}\n" for key, value in table.items()), source="example.toml")


SECTIONS = [name for name in example() if name not in ("key", "name")]


def test_the_example_has_every_section() -> None:
    assert {"key", "name", "real", *SECTIONS} == {field.name for field in fields(Organisation)}
    assert absent_sections(parse(example())) == ()


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_may_be_absent(section: str) -> None:
    table = example()
    del table[section]

    rest = parse(table)

    assert rest == replace(parse(example()), **{section: getattr(Organisation(key="k", name="n"), section)})
    assert absent_sections(rest) == ((section,) if section not in ("short_name", "priority_change_restarts") else ())
