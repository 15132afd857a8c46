"""What is told of an earlier ticket is how it was resolved, whenever and by whom that was said."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.resolution import gist, resolution_of
from desktop.tickets.organisation import Organisation
from desktop.tickets.people import Person, Role
from desktop.tickets.ticket import Change, Note, NoteKind, StatusKey, Ticket

NEUTRAL = Organisation(key="neutral", name="The help desk")
ADA = Person(email="ada@example.com", name="Ada", role=Role.REQUESTER)
SAM = Person(email="sam@it.example.com", name="Sam", role=Role.TECHNICIAN)
BORN = datetime(2026, 3, 2, 9, tzinfo=UTC)

Event = tuple[float, str, str]
"""Minutes after the ticket was written; `sam`, `ada`, `work` (time worked), `system` or `status`; words or a status."""


def told(*events: Event) -> str:
    """What is told of a ticket with this story; empty for nothing."""
    history = [Change(at=BORN, who=ADA.email, field="status", old="", new="new")]
    notes: list[Note] = []
    for minutes, who, what in events:
        at = BORN + timedelta(minutes=minutes)
        if who == "status":
            history.append(Change(at=at, who=SAM.email, field="status", old=history[-1].new, new=what))
        else:
            kind = {"work": NoteKind.TIME, "system": NoteKind.SYSTEM}.get(who, NoteKind.REPLY)
            author = ADA if who == "ada" else SAM
            notes.append(Note(id=f"n{len(notes)}", ticket="t", author=author, text=what, at=at, kind=kind))
    ticket = Ticket(
        id="t",
        requester=ADA,
        summary="It fails",
        made_at=BORN,
        updated_at=BORN,
        status=StatusKey(history[-1].new),
        history=tuple(history),
    )
    found = resolution_of(NEUTRAL, ticket, notes)
    return found.text if found else ""


def test_what_closed_it_is_told() -> None:
    assert (
        told((5, "sam", "I am looking at it."), (60, "sam", "New fuser."), (61, "status", "completed")) == "New fuser."
    )


def test_what_was_done_may_be_written_up_right_after() -> None:
    assert (
        told((5, "sam", "I come at ten."), (90, "status", "completed"), (93, "work", "Replaced the fuser."))
        == "Replaced the fuser."
    )


def test_a_help_desk_may_put_the_status_before_the_words_that_came_with_it() -> None:
    story = ((5, "sam", "I look at it."), (15, "status", "completed"), (15.01, "sam", "Replaced the fuser."))
    assert told(*story) == "Replaced the fuser."


def test_an_answer_to_thanks_resolved_nothing() -> None:
    story = (
        (5, "sam", "Replaced the fuser, does it print?"),
        (120, "ada", "It does, many thanks for that!"),
        (125, "status", "completed"),
        (126, "sam", "Have a nice day, and call again whenever the thing misbehaves."),
    )
    assert told(*story) == "Replaced the fuser, does it print?"


def test_a_question_long_after_is_no_resolution() -> None:
    story = ((5, "sam", "New fuser."), (90, "status", "completed"), (3000, "sam", "Would you fill in our survey?"))
    assert told(*story) == "New fuser."


def test_a_ticket_that_waited_to_be_closed_was_solved_before() -> None:
    story = (
        (60, "sam", "Removed the old version first."),
        (61, "status", "pending_closure"),
        (1000, "sam", "Please tell us whether it works now, it is closed on Thursday otherwise."),
        (4000, "status", "closed"),
    )
    assert told(*story) == "Removed the old version first."


@pytest.mark.parametrize(
    "words",
    [
        "Closing this ticket as I have heard nothing.",
        "Closed.",
        "No answer for three days, so I am closing this.",
        "You're welcome!",
        "Glad it works now.",
        "Ich schließe das Ticket.",
        "Gern geschehen.",
        "Merci !",
        "Ticket geschlossen",
    ],
)
def test_courtesies_and_that_it_is_closed_tell_nothing(words: str) -> None:
    assert told((5, "sam", "New fuser."), (3000, "sam", words), (3001, "status", "completed")) == "New fuser."
    assert told((5, "sam", words), (6, "status", "completed")) == words, "where nothing else was said"


@pytest.mark.parametrize(
    "words",
    [
        "Does it work now?",
        "Is it better?",
        "Hi Ada, can you try to print again, please?",
        "Hello,\nany news from your side?",
        "Please confirm that it works.",
        "Please let me know whether that helped!",
        "Could I call you tomorrow at nine? Or is ten better?",
        "Funktioniert es jetzt?",
        "Hallo Frau Miller, können Sie wieder drucken?",
        "Est-ce que cela fonctionne ?",
    ],
)
def test_a_question_resolved_nothing(words: str) -> None:
    story = ((5, "sam", "Restarted the spooler."), (6, "sam", words), (20, "ada", "Yes!"), (21, "status", "completed"))
    assert told(*story) == "Restarted the spooler."
    assert told((5, "sam", words), (6, "status", "completed")) == words, "where nothing else was said"


@pytest.mark.parametrize(
    "words",
    [
        "Replaced the fuser, does it print?",
        "Is it the cable? I changed it. Better?",
        "Please restart the spooler when it happens, that is what helped here too.",
        "Have a new fuser in it.",
        "Can be closed: the fuser is new.",
    ],
)
def test_words_that_also_ask_tell_something(words: str) -> None:
    assert told((5, "sam", "I look at it."), (60, "sam", words), (61, "status", "completed")) == words


def test_no_words_take_long() -> None:
    """Were it tried in full, this would take minutes."""
    story = ((5, "sam", "New fuser."), (6, "sam", f"Is it {'?' * 200_000} so"), (7, "status", "completed"))
    assert told(*story).startswith("Is it ?")


def test_what_did_not_hold_is_not_told_where_more_was_said() -> None:
    first = ((5, "sam", "Solution: new driver."), (6, "status", "completed"), (90, "status", "new"))
    assert told(*first) == "", "it is open again"
    assert told(*first, (99, "sam", "New cable."), (100, "status", "completed")) == "New cable."
    third = (*first, (99, "sam", "New cable."), (100, "status", "completed"), (190, "status", "new"))
    assert told(*third, (199, "sam", "Fixed: new card."), (200, "status", "closed")) == "Fixed: new card."


@pytest.mark.parametrize(
    "words",
    [
        "Closed all windows of Outlook and made a new profile.",
        "Thanks for waiting: the fuser was worn out, there is a new one in it.",
        "Closing the valve by hand helped.",
    ],
)
def test_words_that_begin_alike_tell_something(words: str) -> None:
    assert told((5, "sam", "I look at it."), (60, "sam", words), (61, "status", "completed")) == words


@pytest.mark.parametrize("name", ["Resolution", "Solution", "Fix", "Root cause", "Lösung", "Résolution "])
def test_what_calls_itself_the_resolution_is_it(name: str) -> None:
    words = f"Hello Ada,\n{name}: new fuser."
    assert told((5, "sam", words), (59, "sam", "Is it fine?"), (60, "status", "completed")) == words
    assert told((5, "sam", "I look at it."), (6, "status", "completed"), (90000, "sam", words)) == words


def test_what_did_not_last_is_not_told() -> None:
    story = (
        (5, "sam", "Solution: restart it."),
        (6, "status", "completed"),
        (600, "status", "reopened"),
        (601, "ada", "It is back."),
        (700, "sam", "The fuser is new now."),
        (701, "status", "completed"),
    )
    assert told(*story) == "The fuser is new now."


def test_re_opened_and_closed_without_words_the_words_before_are_told() -> None:
    story = (
        (5, "sam", "New fuser."),
        (6, "status", "completed"),
        (7, "status", "reopened"),
        (3000, "status", "completed"),
    )
    assert told(*story) == "New fuser."


def test_where_only_the_client_said_how_their_words_are_told() -> None:
    assert told((5, "ada", "It was the cable."), (6, "status", "completed")) == "It was the cable."


def test_what_the_system_says_and_what_is_empty_is_not_told() -> None:
    assert told((5, "sam", "New fuser."), (6, "system", "Merged."), (7, "sam", " "), (8, "status", "closed")) == (
        "New fuser."
    )


def test_an_open_ticket_has_none() -> None:
    assert told((5, "sam", "New fuser.")) == ""
    assert told((5, "sam", "New fuser."), (6, "status", "completed"), (7, "status", "reopened")) == ""
    assert told((6, "status", "completed")) == ""


def test_of_long_words_those_that_call_themselves_the_resolution_are_read() -> None:
    letter = f"Hello Ada,\n\n{'thank you for calling us about this today. ' * 12}"
    told_at_last = f"{letter}\n\nResolution: the fuser was worn out, there is a new one in it.\nSam"
    assert gist(told_at_last, 300) == "Resolution: the fuser was worn out, there is a new one in it. Sam"
    assert gist(f"Cause: worn out.\n{letter}\nFix: new fuser.", 40) == "Fix: new fuser."
    assert gist("Hello Ada,\nResolution: new fuser.", 300) == "Hello Ada, Resolution: new fuser.", "all of it fits"
    assert gist(letter, 300) == f"Hello Ada, {'thank you for calling us about this today. ' * 12}"[:299].rstrip() + "…"
