"""The one base of everything that can go wrong in a way that a person is told about."""


class Trouble(Exception):
    """Something a person should know.

    Attributes:
        title: three or four words for a heading.
        sentence: what is wrong and what to do, in plain words, ready to show.
        detail: for the log and the help desk; may be technical, never shown first.
    """

    title = "Something went wrong"

    def __init__(self, sentence: str, *, detail: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.detail = detail


class InputRefused(Trouble):
    """What was typed or given cannot be used as it is; nothing was saved."""

    title = "Please check this"
