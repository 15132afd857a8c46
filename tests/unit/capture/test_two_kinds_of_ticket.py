"""This computer and another device are different tickets."""

from dataclasses import replace
from datetime import UTC, datetime

from desktop.capture.report import about_another_device, about_this_computer, what_leaves
from desktop.tickets.device import Device, Fact
from desktop.tickets.draft import Draft, DraftFile

FACTS = (Fact(key="os", label="System", value="Windows 11 Pro 23H2"),)
HERE = Device(name="PC-0042", facts=FACTS)


def file(origin: str, *, included: bool = True) -> DraftFile:
    return DraftFile(
        attachment=origin,
        name=f"{origin}.png",
        size=1,
        sha256="0" * 64,
        media_type="image/png",
        origin=origin,
        included=included,
    )


DRAFT = Draft(
    id="d", changed_at=datetime(2026, 11, 22, tzinfo=UTC), files=(file("screen"), file("file"), file("clipboard"))
)


def included(draft: Draft) -> list[str]:
    return [file.origin for file in draft.files if file.included]


def test_about_this_computer_everything_goes_along() -> None:
    draft = what_leaves(about_this_computer(DRAFT, HERE))

    assert draft.device == HERE
    assert draft.written_on == "PC-0042"
    assert included(draft) == ["screen", "file", "clipboard"]


def test_about_another_device_pictures_and_facts_of_this_computer_stay_out() -> None:
    draft = what_leaves(about_another_device(DRAFT, HERE, "Printer 2nd floor"))

    assert draft.device == Device(name="Printer 2nd floor", is_this_computer=False, facts=())
    assert draft.written_on == "PC-0042"
    assert included(draft) == ["file", "clipboard"]


def test_they_go_along_when_switched_on() -> None:
    draft = what_leaves(about_another_device(DRAFT, HERE, "Printer 2nd floor", with_this_computer=True))

    assert draft.device.facts == FACTS
    assert not draft.device.is_this_computer
    assert included(draft) == ["screen", "file", "clipboard"]


def test_going_back_and_forth_keeps_what_the_person_unticked() -> None:
    unticked = replace(DRAFT, files=(file("screen", included=False), file("file")))

    draft = about_this_computer(about_another_device(unticked, HERE, "Printer"), HERE)

    assert included(what_leaves(draft)) == ["file"]


def test_before_any_choice_nothing_is_taken_out() -> None:
    assert what_leaves(DRAFT) == DRAFT
