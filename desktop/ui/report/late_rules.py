"""What a rule takes away that comes while somebody writes."""

from desktop.capture.report import is_screenshot, what_leaves
from desktop.tickets.capture_policy import CapturePolicy
from desktop.tickets.draft import Draft

JUST_OFF = "Your administrator has just switched off:"


def taken_away(draft: Draft, before: CapturePolicy, now: CapturePolicy) -> str:
    """What went along by the rules before and does not by those now, in one sentence; empty where that is nothing."""
    was, left = what_leaves(draft, before), what_leaves(draft, now)
    kept = {file.attachment for file in left.files if file.included}
    lost = [file for file in was.files if file.included and file.attachment not in kept]
    parts = ["pictures"] if any(map(is_screenshot, lost)) else []
    parts += ["error text"] if was.error_text and not left.error_text else []
    facts = [fact.label for fact in was.device.facts if fact not in left.device.facts]
    if facts and not left.device.facts:
        parts.append("the details of this computer")
    else:
        parts += facts
        parts += ["the name of this computer"] if was.written_on and not left.written_on else []
    return f"{JUST_OFF} {', '.join(parts)}." if parts else ""
