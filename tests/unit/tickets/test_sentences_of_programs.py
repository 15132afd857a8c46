"""Sentences without a code or a name: what a program says of a thing of the computer, and what people say of things."""

import pytest

from desktop.tickets.error_text.recognise import looks_like_error

SAID_OR_TOLD = [
    (
        "The process cannot access the file because it is being used by another process.",
        "He said the process cannot access the file because it is being used by another process.",
    ),
    ("The file 'plan.xlsx' is locked for editing.", "If the file 'plan.xlsx' is locked for editing, close Excel."),
    ("The specified network name is no longer available.", "The name that they specified is no longer available."),
    ("The print spooler service is not running.", "The man from the print shop is not running today."),
    ("The device is not ready.", "The dinner is not ready."),
    ("This site can’t provide a secure connection", "This town can’t provide a good connection"),
    ("Printer Error: Cartridge 305A is not recognized", "Human Error: why we do not recognise our faults"),
    ("Your account has been disabled.", "Your account manager has been disabled since birth."),
    ("Das System kann den angegebenen Pfad nicht finden.", "Das System kann man gut finden."),
    ("Das Laufwerk ist nicht bereit.", "Das Essen ist nicht bereit."),
    (
        "Die Datei ist beschädigt und kann nicht geöffnet werden.",
        "Falls die Datei nicht geöffnet werden kann, anrufen.",
    ),
    ("Der Druckauftrag konnte nicht gedruckt werden.", "Wir fanden, der Auftrag konnte nicht gedruckt werden."),
    ("Zeitüberschreitung der Anforderung.", "Die Zeitüberschreitung kostet 50 Euro."),
    ("Le périphérique n’est pas prêt.", "Le dîner n’est pas prêt."),
    ("Le fichier spécifié est introuvable.", "Le chat du voisin est introuvable."),
    ("El programa ha dejado de funcionar", "El club ha dejado de funcionar"),
    ("Windows no puede acceder al dispositivo.", "El niño no puede acceder al parque."),
    ("Buchungskreis 1000 ist vorgesehen\nMeldungsnr. F5 312", "Meldung 4 von 12"),
    ("We couldn’t sign you in.", "We couldn’t sign the contract."),
    ("Your session has timed out.", "Your milk has expired."),
    ("You don’t have permission to open this file.", "You don’t have to open this file."),
    ("Sie haben keine Berechtigung für diesen Vorgang.", "Sie haben keine Zeit für diesen Vorgang."),
    ("Vous n’avez pas les droits nécessaires.", "Vous n’avez pas les clés."),
    ("Driver is unavailable", "Driver is ill"),
    ("No camera found", "No errors found"),
    ("The user name or password is incorrect.", "The name of the street is incorrect."),
    ("Invalid network address.", "Invalids are welcome."),
    ("Bad pipe.", "Bad weather."),
    ("Ungültige Adresse.", "Gültige Adresse."),
    ("Serveur introuvable.", "Le chat est introuvable."),
    ("Dirección incorrecta.", "Una respuesta incorrecta."),
    ("Excel cannot open the file 'a.xlsx'.", "Why Excel cannot open the file 'a.xlsx'"),
    ("The print spooler is not running.", "How to: the print spooler is not running"),
    ("The server closed the connection.", "The server closed the bar."),
    ("The mailbox is full.", "Call us if the mailbox is full."),
    ("Nie można połączyć się z serwerem.", "Nie można palić."),
    ("Não foi possível abrir o arquivo.", "Não foi possível viajar."),
    ("gzip: unexpected end of file", "Nothing unexpected, the end of the file is here."),
    ("Get-ADUser : Cannot find it", "Get-together: bring cake"),
]


@pytest.mark.parametrize(("said", "told"), SAID_OR_TOLD)
def test_what_a_program_says_is_told_from_what_people_tell(said: str, told: str) -> None:
    assert looks_like_error(said)
    assert not looks_like_error(told)


@pytest.mark.parametrize(
    ("text", "is_error"),
    [
        ("https://learn.example.com/windows/error-0x80070005", False),
        ("0x80070005, see https://learn.example.com/windows", True),
        ("import errno\nif error.errno == errno.ENOENT:\n    pass", False),
        ("open: ENOENT", True),
        ("Status code: 200", False),
        ("Status code: 500", True),
        ("Exit code: 200", True),
        ("color: 0xFF42A5F5; mask: 0x00FF00FF", False),
        ("Stop 0x0000007E", True),
        ("Result 0xFFFFFFFF80070005", True),
    ],
)
def test_a_number_or_name_that_stands_for_something_else_is_no_error(text: str, is_error: bool) -> None:
    assert looks_like_error(text) is is_error


@pytest.mark.parametrize(
    "text",
    [
        "def test_error():\n    with pytest.raises(KeyError):\n        table['x']",
        "try:\n    value = int(text)\nexcept ValueError:\n    value = 0",
        'catch (IOException e) {\n    log.warn("retry", e);\n}',
        "Build succeeded.\n    0 Warning(s)\n    0 Error(s)",
        "Name\tFailed\tPassed\nUnit\t0\t210\nUI\t0\t14",
        "- name: check service\n  command: systemctl status nginx\n  ignore_errors: true",
        "2026-11-24 09:00:01 INFO  started in 3.2 seconds\n2026-11-24 09:00:02 INFO  listening on 0.0.0.0:8080",
        "Kaiser GmbH\nHauptstraße 404\n50667 Köln",
    ],
)
def test_code_tables_logs_and_addresses_without_an_error_are_left_alone(text: str) -> None:
    assert not looks_like_error(text)


@pytest.mark.parametrize(
    "unit", ["file ", "the specified x ", "datei ", "server.", "fichier ", "archivo ", "scan ", "'a' ", "kann der "]
)
def test_no_clause_makes_it_search_for_long(unit: str) -> None:
    """Lines that begin like a sentence of a program again and again: without bounds, the suite's time would not do."""
    looks_like_error(f"{unit * (8000 // len(unit))} not nicht n'est no se cannot failed")


@pytest.mark.parametrize(
    ("copied", "is_error"),
    [
        ("[Window Title]\nLocation is not available\n\n[Content]\nH:\\ is unavailable\n\n[OK]", True),
        ("[Window Title]\nCalc\n\n[Main Instruction]\nCalc has stopped working\n\n[Cancel]", True),
        ("[Window Title]\nPrint Error\n\n[Content]\nTry later.\n\n[OK]", True),
        ("---------------------------\nFehler\n---------------------------\nEs geht nicht.\n", True),
        ("[Window Title]\nNotepad\n\n[Main Instruction]\nDo you want to save changes?\n\n[Save] [Cancel]", False),
        ("---------------------------\nSetup\n---------------------------\nInstallation complete.\n", False),
        ("#include <errno.h>\nint main() { return errno; }", False),
        ("Sheet\tErrors\nA\t0\nB\t12", False),
        (r'"C:\Logs\Error 0x80070005.log"', False),
        ("ftp://files.example.com/0x80070005.txt", False),
    ],
)
def test_what_is_copied_of_dialogs_code_and_folders(copied: str, is_error: bool) -> None:
    assert looks_like_error(copied) is is_error
    assert looks_like_error(copied.replace("\n", "\r\n")) is is_error
