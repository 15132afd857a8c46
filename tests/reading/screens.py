"""The set of screens that reading is measured on, each with what is written where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from tests.reading.drawn import Drawn, Look

SENTENCES = (
    "The meeting about the new bakery counter is on Thursday at half past nine.",
    "Die Übertragung der Daten über das Netzwerk dauert heute etwas länger.",
    "Le compte rendu de la réunion d'hier est à l'emplacement habituel ; à bientôt.",
    "From: anna.schmidt@example.com  To: support@example.org  Cc: sam@example.net",
    r"C:\Users\anna\AppData\Local\Temp\setup-2026-11-24.log",
    "Rechnung Nr. 2026-1107 über 1.603,50 EUR, zahlbar bis 15.12.2026",
    "GET https://shop.example.com/api/v2/orders?id=80124&state=open 200 OK",
    "Printer HP LaserJet 4200 on 192.168.10.45, queue is empty",
    "Straße, Größe, Fußweg, Ärger, Öffnung, Übung: all with their dots",
    "Veuillez réessayer plus tard ou contacter l'administrateur système.",
)

DIALOGS = (
    ("Microsoft Outlook", ("Cannot open the set of folders.", "The operation failed. Error 0x8004010F")),
    ("Windows Installer", ("Installation failed.", "Error 1603: Fatal error during installation.")),
    ("Systemfehler", ("Das Programm kann nicht gestartet werden.", "Fehlercode: 0xc000007b")),
    ("Erreur", ("L'accès au serveur est impossible.", "Une erreur s'est produite (code 0x80070035).")),
    ("Update", ("There were problems installing updates.", "Error code: 0x800f081f")),
    ("Print Spooler", ("Access is denied.", r"\\fs01\printers\Front desk", "HRESULT 0x80070005")),
    ("Application Error", ("The instruction referenced memory at 0x00000000.", "Exception code 0xc0000005")),
    ("backup", ("tar: /mnt/usb: Cannot write: No space left on device", "exit status 2")),
)

SCRIPTS = {
    "polish": ("Instalator", ("Nie można zapisać pliku w folderze źródłowym.", "Błąd 0x80070005: Odmowa dostępu")),
    "turkish": ("Güncelleştirme", ("Dosya açılamadı, şifre yanlış.", "Hata 0x80070005: Erişim engellendi")),
    "vietnamese": ("Cài đặt", ("Không thể mở tệp này.", "Lỗi 0x80070005: Truy cập bị từ chối")),
    "greek": ("Εγκατάσταση", ("Το αρχείο δεν βρέθηκε.", "Σφάλμα 0x80070005: Δεν επιτρέπεται η πρόσβαση")),
    "cyrillic": ("Установка", ("Не удалось открыть файл.", "Ошибка 0x80070005: Отказано в доступе")),
    "chinese": ("安装程序", ("无法打开文件。", "错误 0x80070005: 拒绝访问")),
    "japanese": ("セットアップ", ("ファイルを開けません。", "エラー 0x80070005: アクセスが拒否されました")),
    "korean": ("설치", ("파일을 열 수 없습니다.", "오류 0x80070005: 액세스가 거부되었습니다")),
}
FALLBACK = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
"""Debian's fonts-droid-fallback."""
_IN_FALLBACK = ("chinese", "japanese", "korean")


@dataclass(frozen=True)
class Screen:
    """One screen of the set.

    Attributes:
        lines: everything that is written on it; `dialog`: the lines of its error, title first, without the button.
    """

    name: str
    png: bytes
    lines: Sequence[str]
    dialog: Sequence[str] = field(default_factory=tuple)


def screens(fonts: Sequence[str], most: int) -> Iterator[Screen]:
    """Screens of each font, size and scale, dark and light, three of four with an error dialog; `most` of them."""
    random = Random(20261128)
    looks = [
        Look(size=size, scale=scale, is_dark=is_dark, font=font)
        for font in fonts
        for size in (11, 12, 13, 14, 16)
        for scale in (1.0, 1.25, 1.5, 2.0)
        for is_dark in (False, True)
    ]
    for look in random.sample(looks, min(most, len(looks))):
        name = f"{look.font} {look.size}px x{look.scale:g} {'dark' if look.is_dark else 'light'}"
        yield _screen(name, look, random, with_dialog=random.random() < 0.75)


def unusual_screens() -> Iterator[Screen]:
    """A few of each sort that the set above lacks: coloured edges, shaded and faint dialogs, other scripts."""
    random = Random(20261129)
    looks = {
        "subpixel": Look(is_subpixel=True),
        "shaded": Look(shade=60),
        "faint": Look(fade=0.45),
        "shaded-dark": Look(shade=60, is_dark=True),
        "faint-dark": Look(fade=0.45, is_dark=True),
        "subpixel-dark": Look(is_subpixel=True, is_dark=True),
    }
    for name, look in looks.items():
        for size, scale in ((11, 1.0), (13, 1.25), (14, 1.0)):
            sized = replace(look, size=size, scale=scale)
            yield _screen(f"{name} {size}px x{scale:g}", sized, random, with_dialog=True)
    for script, (title, lines) in SCRIPTS.items():
        for scale in (1.0, 1.5):
            look = Look(size=14, scale=scale, fallback=FALLBACK if script in _IN_FALLBACK else "")
            drawn = Drawn(900, 300, look)
            drawn.dialog(60, 40, title, lines)
            yield Screen(f"{script} 14px x{scale:g}", drawn.png(), [title, *lines, "OK"], [title, *lines])


def _screen(name: str, look: Look, random: Random, *, with_dialog: bool) -> Screen:
    drawn = Drawn(1920 / max(1.0, look.scale / 1.5), 1080 / max(1.0, look.scale / 1.5), look)
    left = random.sample(SENTENCES, len(SENTENCES))
    drawn.text(24, 20, *left)
    below = 40 + len(left) * look.size * 1.6
    title, lines = random.choice(DIALOGS)
    if not with_dialog:
        return Screen(name, drawn.png(), left)
    drawn.dialog(random.randint(40, 500), below + random.randint(20, 80), title, lines)
    return Screen(name, drawn.png(), [*left, title, *lines, "OK"], [title, *lines])
