"""The two questions from which the help desk learns how urgent it is."""

from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.tickets.urgency import Answers, Blocked, Impact
from desktop.ui.controls import asked, one_of, radio, tick
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.tokens import GAP

_IMPACT = {
    Impact.ONE: "Just &me",
    Impact.GROUP: "A &few of us",
    Impact.EVERYONE: "&Everyone",
    Impact.UNSURE: "Not sure",
}
_BLOCKED = {
    Blocked.YES: "&No",
    Blocked.WORKAROUND: "In another wa&y",
    Blocked.NO: "Yes, I can &work",
    Blocked.UNSURE: "Not sure",
}

Choice = TypeVar("Choice", bound=StrEnum)


class Questions(QWidget):
    """Who has it, can they work, and is it a security matter; nothing has to be answered.

    `with_keys`: whether each choice has an Alt key of its own; beside other controls there are not enough of them.

    Signals:
        answered: the `Answers` as they now are.
    """

    answered = Signal(object)

    def __init__(self, *, with_keys: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._with_keys = with_keys
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._impact = self._ask(column, "Who has this problem?", _IMPACT)
        self._blocked = self._ask(column, "Can you go on working?", _BLOCKED)
        self._security = tick(self._keyed("This may be a se&curity matter"))
        self._security.setToolTip("Somebody got in, a strange e-mail was opened, a device or password is lost")
        self._security.toggled.connect(self._tell)
        column.addWidget(asked("", self._security))

    def answers(self) -> Answers:
        """What is ticked now."""
        return Answers(
            security=self._security.isChecked(),
            impact=list(_IMPACT)[self._impact.checkedId()],
            blocked=list(_BLOCKED)[self._blocked.checkedId()],
        )

    def show_answers(self, answers: Answers) -> None:
        """Tick what was answered before, without telling anyone."""
        self.blockSignals(True)
        self._impact.button(list(_IMPACT).index(answers.impact)).setChecked(True)
        self._blocked.button(list(_BLOCKED).index(answers.blocked)).setChecked(True)
        self._security.setChecked(answers.security)
        self.blockSignals(False)

    def _ask(self, column: QVBoxLayout, question: str, choices: dict[Choice, str]) -> QButtonGroup:
        row = QWidget()
        flow = FlowLayout(row)
        buttons = []
        for choice, words in choices.items():
            button = radio(self._keyed(words), on=choice.value == "unsure")
            button.setAccessibleName(f"{question} {words.replace('&', '')}")
            buttons.append(button)
            flow.addWidget(button)
        group = one_of(self, buttons)
        group.idClicked.connect(self._tell)
        column.addWidget(asked(question, row))
        return group

    def _keyed(self, words: str) -> str:
        return words if self._with_keys else words.replace("&", "")

    def _tell(self) -> None:
        self.answered.emit(self.answers())
