"""The profiles that are shipped: each has its own facts, in words for people, and invents nothing."""

import re
from importlib import resources
from typing import Any

import pytest

from desktop.tickets.organisation import Organisation, PhoneUse, Purpose, Stage
from desktop.tickets.profile import parse_profile
from desktop.tickets.profile_words import absent_sections, requester_words
from desktop.tickets.ticket import StatusKey, TypeKey

SHIPPED = ("ecs", "hts", "example")

NOT_FOR_REQUESTERS = re.compile(r"sync|outbox|operation|conflict|server|enrol|payload|\bP[1-4]\b", re.IGNORECASE)


def text_of(name: str) -> str:
    return (resources.files("resources") / "organisations" / f"{name}.toml").read_text(encoding="utf-8")


def profile(name: str) -> Organisation:
    return parse_profile(text_of(name), source=f"{name}.toml")


def strings(value: object) -> list[str]:
    """Every text and number in a profile, also those that no requester reads."""
    if isinstance(value, str | int):
        return [str(value)]
    if isinstance(value, tuple | frozenset):
        return [text for entry in value for text in strings(entry)]
    names = getattr(value, "__dataclass_fields__", ())
    return [text for name in names for text in strings(getattr(value, name))]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_word_of_ours_reaches_a_requester(name: str) -> None:
    words = requester_words(profile(name))

    assert len(words) > 20
    assert [(path, text) for path, text in words if NOT_FOR_REQUESTERS.search(text)] == []
    assert [(path, text) for path, text in words if text != text.strip() or "  " in text or "\n" in text] == []


def test_every_text_of_a_profile_is_known_to_be_read_or_not() -> None:
    """What is not listed as read is a key, a name for technicians, or something for machines."""
    whole = profile("example")
    read = {text for _, text in requester_words(whole)}

    rest = {text for text in strings(whole) if text and text not in read and not re.fullmatch(r"\d+|True|False", text)}

    machine = {whole.key, whole.time_zone, whole.mail_tag, "USD"}
    machine |= {phone.dial for phone in whole.phones} | {link.url for link in whole.links}
    names = {status.name for status in whole.statuses} | {level.name for level in whole.priorities}
    keys = {text for text in rest if re.fullmatch(r"[a-z][a-z0-9_]*", text)}
    assert rest - machine - names - keys == set()


@pytest.mark.parametrize("name", SHIPPED)
def test_the_file_is_named_after_its_key(name: str) -> None:
    assert profile(name).key == name


def test_only_the_providers_that_exist_are_marked_real() -> None:
    assert [name for name in SHIPPED if profile(name).real] == ["ecs", "hts"]


def test_ecs_states_nothing_that_it_did_not_give() -> None:
    ecs = profile("ecs")

    assert set(absent_sections(ecs)) == {
        "time_zone",
        "email",
        "one_channel",
        "mail_tag",
        "hours",
        "service_levels",
        "capture",
    }
    assert {terms.role for terms in ecs.roles} == {"approver"}
    assert ecs.phone(PhoneUse.AFTER_HOURS) is None
    assert ecs.phone(PhoneUse.SALES) is None
    assert "@" not in text_of("ecs")
    assert ecs.escalation is not None
    assert ecs.escalation.silent_hours is None


def test_hts_states_nothing_that_it_did_not_give() -> None:
    hts = profile("hts")

    assert set(absent_sections(hts)) == {
        "time_zone",
        "hours",
        "priorities",
        "priority_rules",
        "statuses",
        "service_levels",
        "closure_days",
        "escalation",
        "capture",
    }
    assert hts.phone(PhoneUse.WRONG_PRIORITY) is None
    assert "$" not in text_of("hts")


def test_ecs_has_every_status_of_its_guide_and_the_closed_one_that_the_guide_speaks_of() -> None:
    names = [status.name for status in profile("ecs").statuses]

    assert set(names) == {
        "New – Emailed Client",
        "New (Portal)",
        "New (Email Connector)",
        "Re-opened",
        "Scheduled Required",
        "Scheduled in-house",
        "Working Issue Now",
        "Client Responded",
        "Pending Closure",
        "Waiting parts/repair",
        "Waiting on client",
        "On-Hold",
        "Completed",
        "Closed",
    }
    assert len(names) == 14


@pytest.mark.parametrize(
    ("key", "stage", "runs"),
    [
        ("new_portal", Stage.RESPOND, True),
        ("new_emailed_client", Stage.RESPOND, True),
        ("new_email_connector", Stage.RESPOND, True),
        ("scheduled_required", Stage.RESPOND, True),
        ("client_responded", Stage.RESPOND, True),
        ("re_opened", Stage.RESOLVE, True),
        ("scheduled_in_house", Stage.RESOLVE, True),
        ("working_issue_now", Stage.RESOLVE, True),
        ("waiting_on_client", Stage.WAITING, False),
        ("waiting_parts_repair", Stage.WAITING, False),
        ("on_hold", Stage.WAITING, False),
        ("pending_closure", Stage.WAITING, False),
        ("completed", Stage.RESOLVED, False),
        ("closed", Stage.RESOLVED, False),
    ],
)
def test_the_stage_and_clock_of_each_status_of_ecs(key: str, stage: Stage, runs: bool) -> None:
    status = profile("ecs").status(StatusKey(key))

    assert (status.stage, status.runs) == (stage, runs)


def test_what_a_client_of_ecs_can_act_on() -> None:
    ecs = profile("ecs")
    number = ecs.phone(PhoneUse.WRONG_PRIORITY)

    assert number is not None
    assert number == ecs.phone(PhoneUse.SUPPORT)
    assert digits(number.number) == "7137824357" == number.dial.removeprefix("+1")
    assert [link.use for link in ecs.links] == ["portal"]
    assert len(ecs.help_faster) == 5
    assert len(ecs.priorities) == 4
    assert ecs.closure_days == 1
    assert ecs.status(StatusKey("on_hold")).purpose is Purpose.ON_HOLD


def test_what_a_client_of_hts_can_act_on() -> None:
    hts = profile("hts")
    after_hours, sales = hts.phone(PhoneUse.AFTER_HOURS), hts.phone(PhoneUse.SALES)

    assert after_hours is not None
    assert (digits(after_hours.number), after_hours.press) == ("8007923874", "1")
    assert sales is not None
    assert digits(sales.number) == "7085975005"
    assert sales == hts.phone(PhoneUse.GENERAL)
    assert hts.email == "service@htspc.net"
    assert hts.mail_tag == "Ticket#"
    assert [link.use for link in hts.links] == ["request_form"]
    assert hts.one_channel
    assert {terms.role for terms in hts.roles} == {"it_designee", "alternate", "data_backup_operator"}
    assert {kind.key for kind in hts.request_types if kind.elsewhere_phone == PhoneUse.SALES} == {
        "new_project",
        "prices",
    }
    assert any("save" in tip.lower() for tip in hts.help_faster)
    renewals = next(article for article in hts.articles if article.key == "renewals")
    assert "30 to 60 days" in renewals.text


def test_the_facility_checklist_is_for_network_equipment_alone() -> None:
    hts = profile("hts")
    network = hts.request_type(TypeKey("network_equipment"))

    assert network is not None
    assert len(network.checklist) == 3
    assert [kind.key for kind in hts.request_types if kind.checklist] == ["network_equipment"]


FACTS: dict[str, tuple[str, ...]] = {
    "ecs": (
        "ECS",
        "7824357",
        "25000",
        "Client Portal",
        "Emergency Response",
        "Quick Response",
        "Normal Response",
        "Scheduled Maintenance",
        "Working Issue Now",
        "Scheduled Required",
        "Scheduled in-house",
        "Client Responded",
        "Pending Closure",
        "On-Hold",
        "Email Connector",
        "Emailed Client",
        "Re-opened",
        "Primary IT contact",
        "flat fee",
        "technician",
    ),
    "hts": (
        "HTS",
        "htspc",
        "service@",
        "7923874",
        "5975005",
        "Ticket#",
        "Service Request Form",
        "Sales Team",
        "IT Designee",
        "Alternate",
        "Data Backup Operator",
        "it_designee",
        "analyst",
        "renewal",
        "subscription",
        "credit card",
        "data jack",
        "after hours",
        "30 to 60",
        "password",
    ),
}


@pytest.mark.parametrize(("one", "other"), [("ecs", "hts"), ("hts", "ecs")])
def test_no_fact_of_one_provider_occurs_in_the_other(one: str, other: str) -> None:
    own = "\n".join(strings(profile(one))).lower()
    foreign = "\n".join(strings(profile(other))).lower()

    for fact in FACTS[one]:
        needle = digits(fact) if digits(fact) == fact else fact.lower()
        assert needle in own or needle in digits(own), fact
        assert needle not in foreign, fact
        assert not (needle.isdigit() and needle in digits(foreign)), fact


@pytest.mark.parametrize(("one", "other"), [("ecs", "hts"), ("hts", "ecs")])
def test_no_two_providers_share_a_name_a_number_or_a_sentence(one: str, other: str) -> None:
    """Without a list of facts: whatever a person reads of one is read nowhere in the other."""
    foreign = {text.casefold() for _, text in requester_words(profile(other))}

    assert [text for _, text in requester_words(profile(one)) if text.casefold() in foreign] == []
    roles: Any = [terms.role for terms in profile(one).roles]
    assert not {terms.role for terms in profile(other).roles} & set(roles)


def test_the_example_borrows_no_number_and_reaches_nobody() -> None:
    example = profile("example")

    for phone in example.phones:
        assert re.search(r"55501\d\d$", digits(phone.number)), phone.number
        assert digits(phone.dial) == "1" + digits(phone.number)
    hosts = [link.url.split("/")[2] for link in example.links] + [example.email.split("@")[1]]
    assert [
        host for host in hosts if not host.endswith((".example.com", ".test")) and host != "itcare.example.com"
    ] == []
    for other in ("ecs", "hts"):
        assert not {digits(phone.number) for phone in example.phones} & {
            digits(phone.number) for phone in profile(other).phones
        }


def test_the_goals_of_the_example() -> None:
    goals = {
        level.priority: (level.respond, level.plan, level.resolve, level.around_the_clock)
        for level in profile("example").service_levels
    }

    assert goals == {
        "p1": (60, 120, 240, True),
        "p2": (120, 240, 480, False),
        "p3": (240, 480, 1440, False),
        "p4": (480, 960, 4320, False),
    }
