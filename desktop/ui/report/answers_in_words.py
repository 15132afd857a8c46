"""The answers to the questions as a sentence for the help desk."""

from desktop.tickets.urgency import Answers, Blocked, Impact

_WHO = {
    Impact.ONE: "It concerns one person.",
    Impact.GROUP: "It concerns a few of us.",
    Impact.EVERYONE: "It concerns everyone.",
}
_WORK = {
    Blocked.YES: "We cannot work.",
    Blocked.WORKAROUND: "We can work in another way.",
    Blocked.NO: "We can work.",
}


def in_words(answers: Answers) -> str:
    """What is known of how urgent it is; empty where every answer is that the person is not sure."""
    said = [_WHO.get(answers.impact, ""), _WORK.get(answers.blocked, "")]
    said.append("This may be a security matter." if answers.security else "")
    told = " ".join(part for part in said if part)
    return f"About how urgent this is: {told}" if told else ""
