"""The rules of the outbox, for every order of events that the model has: once where they hold, found where they do not.

Each trouble costs one of a few; `make model FAULTS=3` searches with more of them, and says how many states there were.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from desktop.tickets.outbox import TRANSITIONS, OperationState
from tests.model.spin import Spin, Verdict

MODEL = Path(__file__).with_name("outbox.pml")
MORE_FAULTS = os.environ.get("HELPTRAY_MODEL_FAULTS", "")

pytestmark = [
    pytest.mark.skipif(
        not (shutil.which("spin") and shutil.which("gcc")), reason="Spin and gcc are not here (Debian: spin, gcc)"
    ),
    pytest.mark.xdist_group("model"),
]

UNBOUNDED = ("SEARCH_BY_ID", "ENDLESS_LIFE", "DELIVERS_TWICE")

PROOFS = [
    # the kind of help desk and what is taken away or given, what holds all the same, troubles in CI
    (("NATIVE_KEY",), ("never_two", "truthful", "arrives"), 2),
    (("SEARCH_BY_ID",), ("never_two", "truthful", "arrives"), 2),
    (("SINGLE_USE_URL",), ("never_two", "truthful", "arrives"), 1),
    (("CANNOT_ASK",), ("never_two", "arrives"), 2),
    ((*UNBOUNDED, "AUDIT"), ("confessed", "arrives"), 1),
]

CONTROLS = [
    # what is taken away, the claim that it breaks, how
    (("SEARCH_BY_ID", "ENDLESS_LIFE"), "never_two", "claim"),
    (("SEARCH_BY_ID", "DELIVERS_TWICE"), "never_two", "claim"),
    (("SEARCH_BY_ID", "SENDS_FIRST"), "never_two", "claim"),
    (("SEARCH_BY_ID", "TIMEOUT_FAILS"), "never_two", "claim"),
    (("SEARCH_BY_ID", "GRACE=1"), "never_two", "claim"),
    (("SEARCH_BY_ID", "RESENDS_SENT"), "never_two", "claim"),
    (("SEARCH_BY_ID", "NO_LOCK"), "never_two", "claim"),
    (("SEARCH_BY_ID", "TRUSTS_HOME"), "never_two", "claim"),
    (("SEARCH_BY_ID", "QUICK_RESTORE"), "never_two", "claim"),
    (("SINGLE_USE_URL", "TRUSTS_HOME"), "never_two", "claim"),
    (("SINGLE_USE_URL", "GRACE=1", "FAULTS=3"), "never_two", "claim"),
    (("NATIVE_KEY", "FORGETS_SENT"), "arrives", "cycle"),
    (("NATIVE_KEY", "QUEUES_UNKNOWN"), "truthful", "claim"),
    (("NATIVE_KEY", "FORGETS_UNKNOWN"), "truthful", "claim"),
    (("NATIVE_KEY", "SKIPS_UNKNOWN"), "truthful", "claim"),
    (("SEARCH_BY_ID", "ENDLESS_LIFE", "AUDIT_ONCE"), "arrives", "cycle"),
]


def _named(row: tuple[object, ...]) -> str:
    names = row[0]
    assert isinstance(names, tuple)
    return " ".join(name.lower() for name in names)


@pytest.fixture(scope="module")
def spin(tmp_path_factory: pytest.TempPathFactory) -> Spin:
    return Spin(MODEL, tmp_path_factory.mktemp("spin"))


def _verdict(spin: Spin, names: tuple[str, ...], claim: str, faults: int) -> Verdict:
    faults = int(MORE_FAULTS or faults)
    return spin.verify((*names, f"FAULTS={faults}"), claim, optimised=faults > 1)


def _told(names: tuple[str, ...], claim: str, verdict: Verdict) -> None:
    print(f"{' '.join(names).lower():45} {claim:10} {verdict}")


def test_the_model_has_the_transitions_of_the_code() -> None:
    rows = re.findall(r"#define FROM_(\w+)\(to\) +(.*)", MODEL.read_text())
    table = {
        OperationState(state): frozenset(OperationState(to) for to in re.findall(r"to == (\w+)", steps))
        for state, steps in rows
    }
    assert table == TRANSITIONS


@pytest.mark.parametrize("row", PROOFS, ids=_named)
def test_the_rules_hold(row: tuple[tuple[str, ...], tuple[str, ...], int], spin: Spin) -> None:
    names, claims, faults = row
    for claim in claims:
        verdict = _verdict(spin, names, claim, faults)
        _told(names, claim, verdict)
        assert not verdict.found, verdict.trail
        assert verdict.complete


@pytest.mark.parametrize("row", CONTROLS, ids=_named)
def test_a_rule_that_is_broken_is_found(row: tuple[tuple[str, ...], str, str], spin: Spin) -> None:
    names, claim, how = row
    verdict = spin.verify(names, claim, optimised=False)
    _told(names, claim, verdict)
    assert verdict.found == how
    assert verdict.trail


def test_every_transition_is_taken_by_some_kind_of_help_desk(spin: Spin) -> None:
    """A model that never gets anywhere would prove anything."""
    text = MODEL.read_text().splitlines()
    taken = set()
    for kind in ("NATIVE_KEY", "CANNOT_ASK"):
        verdict = _verdict(spin, (kind,), "never_two", 2)
        for number, line in enumerate(text, 1):
            if number not in verdict.unreached and not line.startswith("#define"):
                taken |= {tuple(step.split(", ")) for step in re.findall(r"STEP\((\w+, \w+)\)", line)}
                taken |= {("sent", to) for to in re.findall(r"SETTLE\((\w+)\)", line)}
                taken |= {("sent", "unknown") for _ in re.findall("GIVE_UP", line)}
    assert taken == {(str(state), str(to)) for state, steps in TRANSITIONS.items() for to in steps}
