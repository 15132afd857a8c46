"""`helptray doctor`: what works here, and how to mend the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from random import SystemRandom

from desktop.cli.outcome import Exit, Outcome
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock
from desktop.tickets.trouble import Trouble

REACH_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` says what to do where it does not work."""

    name: str
    works: bool
    says: str
    mend: str = ""


def doctor(settings: Settings) -> Outcome:
    """Look at screens, clipboard, key, database and the way to the help desk; needs nothing to be in order."""
    findings = [*_machine(), *_home(settings)]
    value = {
        finding.name: {"works": finding.works, "says": finding.says, "mend": finding.mend or None}
        for finding in findings
    }
    lines = [f"{'ok ' if finding.works else 'NO '} {finding.name:<10} {finding.says}" for finding in findings]
    lines += [f"   to mend {finding.name}: {finding.mend}" for finding in findings if finding.mend]
    return Outcome(value=value, lines=lines, code=Exit.DONE if all(f.works for f in findings) else Exit.ATTENTION)


def _machine() -> list[Finding]:
    from desktop.capture.surroundings import Surroundings
    from desktop.capture.this_computer import ThisComputer

    computer = ThisComputer(Surroundings.here(), SystemClock())

    def screens() -> str:
        shots = computer.screens()
        blocked = [shot.label for shot in shots if shot.looks_blocked]
        if blocked:
            raise Trouble(f"{', '.join(blocked)} came out black: security software may keep pictures back.")
        return ", ".join(f"{shot.label} {shot.width}x{shot.height}" for shot in shots)

    def clipboard() -> str:
        return f"{len(computer.clipboard())} characters"

    facts = computer.facts()
    known = sum(fact.value != "unknown" for fact in facts)
    return [
        Finding("computer", known > 0, f"{computer.name()}, {known} of {len(facts)} facts known"),
        _try("screens", screens),
        _try("clipboard", clipboard),
    ]


def _home(settings: Settings) -> list[Finding]:
    from desktop.app import open_desk

    said: list[str] = []
    try:
        with open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=said.append) as desk:
            kept = "a key file" if settings.key_file else "the system's keyring"
            findings = [
                Finding("key", True, f"kept in {kept}"),
                Finding("database", True, f"{settings.home}, {len(desk.tickets(limit=1000).rows)} newest tickets read"),
            ]
            account = desk.account()
            if account is None:
                mend = "helptray enrol URL CODE, with a code from your provider"
                return [*findings, Finding("help desk", False, "not connected to a provider yet", mend)]
            result = desk.sync_now(REACH_SECONDS)
            if result.trouble is None:
                return [*findings, Finding("help desk", True, f"{account.provider} answers at {account.server}")]
            return [*findings, Finding("help desk", False, result.trouble.title, result.trouble.sentence)]
    except Trouble as trouble:
        return [Finding("database", False, trouble.title, trouble.sentence)]


def _try(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except Trouble as trouble:
        return Finding(name, False, trouble.title, trouble.sentence)
