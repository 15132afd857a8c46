"""Something to take a picture of: a desktop with a program that cannot save its file. A process of its own."""

import sys

ERROR = (
    "Quarterly figures.xlsx could not be saved.\n"
    "Error 0x80070035: The network path \\\\FILES-01\\Accounts was not found."
)


def main() -> int:
    """Show the scene until ended; prints `shown` once it is painted."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMessageBox, QTableWidget, QTableWidgetItem

    application = QApplication(sys.argv[:1])
    size = application.primaryScreen().size()
    background = QMainWindow(flags=Qt.WindowType.FramelessWindowHint)
    background.setGeometry(0, 0, size.width(), size.height())
    table = QTableWidget(40, 12)
    for row in range(40):
        for column in range(12):
            table.setItem(row, column, QTableWidgetItem(f"{(row * 37 + column * 91) % 997:,}.{row:02d}"))
    background.setCentralWidget(table)
    background.statusBar().addWidget(QLabel("Quarterly figures.xlsx"))
    background.show()
    box = QMessageBox(QMessageBox.Icon.Critical, "Spreadsheet", ERROR, QMessageBox.StandardButton.Ok, background)
    box.show()
    QTimer.singleShot(500, lambda: print("shown", flush=True))
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
