"""One line on what will leave this computer, and all of it on request."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.tickets.draft import Draft
from desktop.tickets.urgency import Answers
from desktop.ui import phrases
from desktop.ui.controls import tool
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, SMALL


class WhatLeaves(QWidget):
    """Says in one line what the help desk will get; a button shows every fact."""

    def __init__(self, provider: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._provider = provider
        self._line = PlainText()
        self._all = PlainText()
        self._all.setVisible(False)
        self._button = tool("E&xactly")
        self._button.setCheckable(True)
        self._button.setToolTip("Show every detail that goes along")
        self._button.toggled.connect(self._all.setVisible)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._line, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(row)
        column.addWidget(self._all)

    def show_draft(self, draft: Draft) -> None:
        """Say what is in the draft."""
        files = [file for file in draft.files if file.included]
        pictures = sum(file.media_type.startswith("image/") for file in files)
        parts = ["your words"] + (["your answers"] if draft.answers != Answers() else [])
        if draft.error_text:
            parts.append("the error text")
        if pictures:
            parts.append(phrases.things(pictures, "picture", "pictures"))
        if len(files) > pictures:
            parts.append(phrases.things(len(files) - pictures, "file", "files"))
        if draft.device.facts:
            parts.append(f"details of this computer ({draft.written_on})")
        elif draft.written_on:
            parts.append(f"the name of this computer ({draft.written_on})")
        if draft.device.name and not draft.device.is_this_computer:
            parts.append("the name of the device")
        listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
        alone = ", and nobody else at your company" if draft.confidential else ""
        self._line.show_text(f"For {self._provider}{alone}: {listed}.")
        details = [f"{fact.label}: {fact.value}" for fact in draft.device.facts]
        details += [f"{file.label or file.name}: {phrases.size(file.size)}" for file in files]
        details += [f"Error text: {draft.error_text}"] if draft.error_text else []
        details += [f"Written on: {draft.written_on}"] if draft.written_on else []
        self._all.show_text("\n".join(details))

    def words(self) -> str:
        """The line as it is shown."""
        return self._line.toPlainText()
