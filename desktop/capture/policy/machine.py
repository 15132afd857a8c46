"""The administrator's rules of this computer, from all the places where its system keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.capture.policy.file import PolicyFile
from desktop.capture.policy.managed import ManagedPreferences
from desktop.capture.policy.place import PolicyPlace, Rules, RulesUnreadable
from desktop.capture.policy.registry import RegistryPolicy
from desktop.capture.surroundings import Surroundings
from desktop.tickets.capture_policy import EVERYTHING, NOTHING, CapturePolicy
from desktop.tickets.typed_toml import Unreadable, read


@dataclass(frozen=True, slots=True)
class MachinePolicy:
    """The rules that hold on this computer.

    Attributes:
        policy: what may be taken.
        places: where rules stand, for people; empty where there are none.
        trouble: a sentence on rules that cannot be read; nothing is taken until they can.
    """

    policy: CapturePolicy = EVERYTHING
    places: tuple[str, ...] = ()
    trouble: str = ""


def machine_policy(surroundings: Surroundings, places: Sequence[PolicyPlace] | None = None) -> MachinePolicy:
    """The rules of this computer, read anew at each call; costs next to nothing. Rules that have a fault forbid all."""
    known = (PolicyFile(), RegistryPolicy(), ManagedPreferences()) if places is None else places
    policy, where = EVERYTHING, []
    try:
        for place in known:
            if place.is_compatible(surroundings):
                for rules in place.rules():
                    policy = policy.and_also(_checked(rules))
                    where.append(rules.where)
    except RulesUnreadable as fault:
        return MachinePolicy(policy=NOTHING, places=tuple(where), trouble=fault.sentence)
    return MachinePolicy(policy=policy, places=tuple(where))


def _checked(rules: Rules) -> CapturePolicy:
    try:
        policy = read(CapturePolicy, dict(rules.table))
    except Unreadable as fault:
        raise RulesUnreadable(f"{rules.where} cannot be used: {fault.key} {fault.reason}.") from fault
    return replace(policy, never_facts=frozenset(key.strip().casefold() for key in policy.never_facts))
