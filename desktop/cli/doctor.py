"""`helptray doctor`: what works here, and how to mend the rest."""

from collections.abc import Iterator
from random import SystemRandom
from typing import Any

from desktop.app import open_desk
from desktop.capture.computer.addresses import NONE as NO_ADDRESS
from desktop.capture.computer.order import ORDER, UNKNOWN
from desktop.capture.surroundings import Surroundings
from desktop.capture.this_computer import ThisComputer
from desktop.cli.error_sources import look_at_log, look_at_reading
from desktop.cli.finding import Finding, wrong
from desktop.cli.one_pass import NOT_CONNECTED
from desktop.cli.outcome import Exit, Outcome
from desktop.cli.patience import screens_within
from desktop.cli.provider_rules import both, provider_policy
from desktop.cli.table import broken, table, terminal_width
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.capture_policy import EVERYTHING, CapturePolicy
from desktop.tickets.clock import SystemClock
from desktop.tickets.device import Fact
from desktop.tickets.trouble import Trouble
from desktop.ui import phrases

REACH_SECONDS = 10.0
"""How long the help desk has to answer."""


def doctor(settings: Settings) -> Outcome:
    """Look at the computer, its screens and clipboard, the key, the database, the network and the help desk.

    Needs none of them to be in order.
    """
    here, provider = Surroundings.here(), provider_policy(settings)
    computer = ThisComputer(here, SystemClock(), both(here, provider or EVERYTHING))
    server, (*home, help_desk) = _home(settings)
    computer.knows_help_desk(lambda: server)
    facts = computer.facts()
    findings = [
        _computer(computer, facts),
        _policy(computer, provider),
        _screens(computer),
        _clipboard(computer),
        look_at_reading(computer),
        look_at_log(computer),
        *home,
        _network(facts, computer.policy().policy),
        help_desk,
    ]
    value: dict[str, Any] = {
        finding.key: {"works": finding.works, "says": finding.says, "mend": finding.mend or None}
        for finding in findings
    }
    value["computer"]["facts"] = [
        {"key": fact.key, "label": fact.label, "value": fact.value, "unusual": fact.unusual or None} for fact in facts
    ]
    width = terminal_width()
    lines = table([["ok" if finding.works else "NO", finding.name, finding.says] for finding in findings], width)
    mends = [line for finding in findings if finding.mend for line in _mend(finding, width)]
    if mends:
        lines += ["", "To mend:", *mends]
    if facts:
        lines += ["", "This computer:", *table([_told(fact) for fact in facts], width)]
    return Outcome(value=value, lines=lines, code=max(finding.code for finding in findings))


def _mend(finding: Finding, width: int | None) -> Iterator[str]:
    first, *more = broken(f"{finding.name}: {finding.mend}", width, 4)
    yield f"  {first}"
    yield from (f"    {line}" for line in more)


def _told(fact: Fact) -> list[str]:
    """What is unusual is marked, with the reason."""
    value = phrases.unusual(fact).removeprefix(f"{fact.label}: ") if fact.unusual else fact.value
    return ["!" if fact.unusual else "", fact.label, value]


def _policy(computer: ThisComputer, provider: CapturePolicy | None) -> Finding:
    told = computer.policy()
    if told.trouble:
        mend = f"{told.trouble} Until it is in order, no pictures, no error text and no details are taken."
        return Finding("policy", "rules", "cannot be read", mend, Exit.ATTENTION)
    not_asked = "; your provider's were not looked up, for the key to your tickets is locked or not there"
    says = f"{_forbidden(told.policy)} ({', '.join(told.places)})" if told.places else "none are made"
    says += not_asked if provider is None else ""
    unknown = sorted(told.policy.never_facts.difference(ORDER))
    if unknown:
        mend = f"There is nothing called {', '.join(unknown)}. There are: {', '.join(ORDER)}."
        return Finding("policy", "rules", says, mend, Exit.ATTENTION)
    return Finding("policy", "rules", says)


def _forbidden(policy: CapturePolicy) -> str:
    points = (("pictures", policy.screenshots), ("error text", policy.error_text), ("details", policy.facts))
    off = [*(name for name, allowed in points if not allowed), *sorted(policy.never_facts)]
    return f"switched off: {', '.join(off)}" if off else "nothing is switched off"


def _computer(computer: ThisComputer, facts: tuple[Fact, ...]) -> Finding:
    if not facts:
        return Finding("computer", "computer", f"{computer.name()}; details are switched off")
    unknown = [fact.label.lower() for fact in facts if fact.value == UNKNOWN]
    says = f"{computer.name()}; not known: {', '.join(unknown)}" if unknown else f"{computer.name()}; everything known"
    return Finding("computer", "computer", says)


def _screens(computer: ThisComputer) -> Finding:
    try:
        shots = screens_within(computer.screens)
    except Trouble as trouble:
        return wrong("screens", "screens", trouble)
    blocked = [shot.label for shot in shots if shot.looks_blocked]
    if blocked:
        mend = "If something was on it, security software keeps pictures back. Ask your IT people to allow Helptray."
        return Finding("screens", "screens", f"{', '.join(blocked)} came out black", mend, Exit.ATTENTION)
    seen = ", ".join(f"{shot.label} {shot.width}x{shot.height}" for shot in shots)
    return Finding("screens", "screens", seen, shots.says, Exit.ATTENTION if shots.says else Exit.DONE)


def _clipboard(computer: ThisComputer) -> Finding:
    try:
        return Finding("clipboard", "clipboard", f"can be read, {len(computer.clipboard())} characters on it")
    except Trouble as trouble:
        return wrong("clipboard", "clipboard", trouble)


def _network(facts: tuple[Fact, ...], policy: CapturePolicy) -> Finding:
    if not policy.allows_fact("addresses"):
        return Finding("network", "network", "not said: your administrator keeps the addresses back")
    addresses = next((fact.value for fact in facts if fact.key == "addresses"), UNKNOWN)
    if addresses == UNKNOWN:
        return Finding("network", "network", "its addresses could not be read")
    if addresses != NO_ADDRESS:
        return Finding("network", "network", addresses)
    mend = "Plug in the network cable or join a Wi-Fi. What you write is saved here until then."
    return Finding("network", "network", "this computer has no address", mend, Exit.ATTENTION)


def _home(settings: Settings) -> tuple[str, list[Finding]]:
    """The help desk's address, empty where none is known; then key, database and help desk, as far as one can come."""
    try:
        with open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=lambda _: None) as desk:
            kept = f"the file {settings.key_file}" if settings.key_file else "this computer's keyring"
            findings = [Finding("keyring", "key", f"kept in {kept}"), _database(desk, settings), _server(desk)]
            account = desk.account()
    except Trouble as trouble:
        says = "not tried: who it is stands in the database"
        return "", [*_closed(trouble), Finding("server", "help desk", says, "See the lines above.", Exit.ATTENTION)]
    return account.server if account is not None else "", findings


def _database(desk: Desk, settings: Settings) -> Finding:
    try:
        desk.examine()
    except Trouble as trouble:
        return wrong("database", "database", trouble)
    return Finding("database", "database", f"{settings.home} can be read and written{_mended(desk)}")


def _mended(desk: Desk) -> str:
    """Whether what is in it ever differed from what the help desk has."""
    mended = desk.mended()
    if mended.last is None:
        return ""
    times = "once" if mended.count == 1 else f"{mended.count} times"
    return f"; it differed from the help desk's and was put right {times}, last on {mended.last:%Y-%m-%d %H:%M} UTC"


def _closed(trouble: Trouble) -> Iterator[Finding]:
    """Whether it is the key or the database that keeps the home closed."""
    from desktop.store.troubles import KeyFileUnusable, KeyMissing, KeyringLocked, KeyringMissing, WrongKey

    if isinstance(trouble, KeyFileUnusable | KeyMissing | KeyringLocked | KeyringMissing | WrongKey):
        yield wrong("keyring", "key", trouble)
        yield Finding("database", "database", "not opened", "It opens with the key.", Exit.ATTENTION)
    else:
        yield Finding("keyring", "key", "not looked for")
        yield wrong("database", "database", trouble)


def _server(desk: Desk) -> Finding:
    account = desk.account()
    if account is None:
        return Finding("server", "help desk", "not connected yet", NOT_CONNECTED, Exit.SIGN_IN)
    result = desk.sync_now(REACH_SECONDS)
    if result.trouble is None:
        return Finding("server", "help desk", f"{account.provider} answers at {account.server}")
    return wrong("server", "help desk", result.trouble)
