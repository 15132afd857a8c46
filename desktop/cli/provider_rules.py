"""What the provider forbids to take from this computer, beside the rules of its administrator."""

from collections.abc import Callable
from dataclasses import replace

from desktop.capture.policy.machine import MachinePolicy, machine_policy
from desktop.capture.surroundings import Surroundings
from desktop.settings import Settings
from desktop.tickets.capture_policy import EVERYTHING, NOTHING, CapturePolicy
from desktop.tickets.typed_toml import as_table, read

PROVIDER = "your provider"
"""Where its rules stand, for people."""


def provider_policy(settings: Settings) -> CapturePolicy | None:
    """The provider's rules as last fetched; None where they cannot be read without asking the person for the key.

    Rules that another version of Helptray has kept and this one does not understand forbid everything.
    """
    if not settings.home.exists():
        return EVERYTHING
    import tomllib

    from desktop.store.glance import profile_text

    text = profile_text(settings.home, settings.key_file)
    if text is None:
        return None
    try:
        table = tomllib.loads(text)
        return read(CapturePolicy, as_table(table["capture"], "capture")) if "capture" in table else EVERYTHING
    except ValueError:
        return NOTHING


def both(surroundings: Surroundings, provider: CapturePolicy) -> Callable[[], MachinePolicy]:
    """Reads the rules of this computer with those of the provider: the stricter holds in each point."""

    def policy() -> MachinePolicy:
        here = machine_policy(surroundings)
        places = here.places if provider == EVERYTHING else (*here.places, PROVIDER)
        return replace(here, policy=here.policy.and_also(provider), places=places)

    return policy
