"""Every example that ECS gives under a priority, as a person would write it down."""

from importlib import resources

import pytest

from desktop.tickets.organisation import Organisation
from desktop.tickets.priority import suggest
from desktop.tickets.profile import parse_profile
from desktop.tickets.ticket import TypeKey
from desktop.tickets.urgency import Answers, Blocked, Impact


@pytest.fixture(scope="module")
def ecs() -> Organisation:
    text = (resources.files("resources") / "organisations" / "ecs.toml").read_text(encoding="utf-8")
    return parse_profile(text, source="ecs.toml")


NOTHING = Answers()
EVERYONE_STOPPED = Answers(impact=Impact.EVERYONE, blocked=Blocked.YES)
EVERYONE = Answers(impact=Impact.EVERYONE)
GROUP_STOPPED = Answers(impact=Impact.GROUP, blocked=Blocked.YES)
ONE_STOPPED = Answers(impact=Impact.ONE, blocked=Blocked.YES)
ONE_AROUND = Answers(impact=Impact.ONE, blocked=Blocked.WORKAROUND)
ONE_CAN_WORK = Answers(impact=Impact.ONE, blocked=Blocked.NO)
GROUP_AROUND = Answers(impact=Impact.GROUP, blocked=Blocked.WORKAROUND)
PLANNED = Answers(planned=True)
ONE_PLANNED = Answers(impact=Impact.ONE, blocked=Blocked.NO, planned=True)
SECURITY = Answers(security=True, impact=Impact.ONE, blocked=Blocked.NO)

EXAMPLES = [
    # Priority 1
    ("widespread network outage", "", EVERYONE_STOPPED, "p1"),
    ("widespread network outage", "", EVERYONE, "p1"),
    ("widespread network outage", "system_down", NOTHING, "p1"),
    ("payroll system", "system_down", ONE_STOPPED, "p1"),
    ("payroll system", "system_down", GROUP_STOPPED, "p1"),
    ("payroll system", "", EVERYONE_STOPPED, "p1"),
    ("payroll system, told by someone who can work", "system_down", ONE_CAN_WORK, "p1"),
    ("sales system", "system_down", GROUP_STOPPED, "p1"),
    ("sales system", "", EVERYONE_STOPPED, "p1"),
    ("e-mail system", "system_down", EVERYONE_STOPPED, "p1"),
    ("e-mail system", "", EVERYONE_STOPPED, "p1"),
    ("server outage", "system_down", NOTHING, "p1"),
    ("server outage at night, when nobody works", "system_down", Answers(blocked=Blocked.NO), "p1"),
    ("server outage", "", EVERYONE_STOPPED, "p1"),
    ("intrusion, one person concerned, who can work", "intrusion", ONE_CAN_WORK, "p1"),
    ("intrusion, one person concerned, who can work", "", SECURITY, "p1"),
    ("intrusion, nothing else known", "intrusion", NOTHING, "p1"),
    ("abrupt termination, one person concerned, who can work", "termination", ONE_CAN_WORK, "p1"),
    ("abrupt termination, planned for tonight", "termination", ONE_PLANNED, "p1"),
    ("abrupt termination", "", SECURITY, "p1"),
    # Priority 2
    ("failed hard drive", "computer_failed", ONE_STOPPED, "p2"),
    ("failed hard drive", "computer_failed", NOTHING, "p2"),
    ("failed hard drive", "", ONE_STOPPED, "p2"),
    ("broken monitor", "computer_failed", NOTHING, "p2"),
    ("broken monitor", "", ONE_STOPPED, "p2"),
    ("continuous lockups", "computer_failed", NOTHING, "p2"),
    ("continuous lockups", "", ONE_STOPPED, "p2"),
    ("remote access", "remote_access", NOTHING, "p2"),
    ("remote access", "", ONE_STOPPED, "p2"),
    ("remote access of a group", "", GROUP_STOPPED, "p2"),
    # Priority 3
    ("new user, though planned", "new_user", ONE_PLANNED, "p3"),
    ("new user", "new_user", NOTHING, "p3"),
    ("new user who cannot work yet", "new_user", ONE_STOPPED, "p3"),
    ("malfunctioning printer", "", ONE_AROUND, "p3"),
    ("malfunctioning printer", "printer_or_sound", NOTHING, "p3"),
    ("malfunctioning printer that everyone uses", "printer_or_sound", EVERYONE, "p3"),
    ("malfunctioning printer of a group", "", GROUP_AROUND, "p3"),
    ("sound", "", ONE_CAN_WORK, "p3"),
    ("sound", "printer_or_sound", ONE_CAN_WORK, "p3"),
    ("software installation request", "software_install", NOTHING, "p3"),
    ("software installation request, planned", "software_install", PLANNED, "p3"),
    ("planned event", "planned_event", NOTHING, "p3"),
    ("planned event", "", PLANNED, "p3"),
    ("a failed computer with a spare one", "computer_failed", ONE_AROUND, "p3"),
    ("a system down, with a way round it", "system_down", GROUP_AROUND, "p3"),
    # Priority 4
    ("new workstation", "new_workstation", NOTHING, "p4"),
    ("new workstation for someone who has none", "new_workstation", ONE_STOPPED, "p4"),
    ("order of equipment", "order", NOTHING, "p4"),
    ("order of software", "order", ONE_CAN_WORK, "p4"),
    ("new hardware", "new_equipment", PLANNED, "p4"),
    ("new hardware with its software", "new_equipment", NOTHING, "p4"),
    ("system updates", "updates", Answers(impact=Impact.EVERYONE, blocked=Blocked.NO), "p4"),
    ("system updates", "updates", NOTHING, "p4"),
]


@pytest.mark.parametrize(("example", "kind", "answers", "priority"), EXAMPLES)
def test_an_example_of_the_guide(ecs: Organisation, example: str, kind: str, answers: Answers, priority: str) -> None:
    assert suggest(ecs, answers, kind).key == priority, example


def test_each_type_that_the_examples_name_exists(ecs: Organisation) -> None:
    named = {kind for _, kind, _, _ in EXAMPLES if kind}

    assert named == {kind.key for kind in ecs.request_types}


def test_an_abrupt_termination_is_nobody_elses_business(ecs: Organisation) -> None:
    kind = ecs.request_type(TypeKey("termination"))

    assert kind is not None
    assert kind.confidential
