"""Labels of fields as forms show them: beside a field, above it, or on the line above in a text that was copied."""

import re
from enum import Enum, auto

from desktop.capture.redact.labels import PASSWORDS, SECRETS


class FieldKind(Enum):
    """What belongs in a field."""

    PASSWORD = auto()
    CODE = auto()
    """A few digits: a PIN, a card's CVC."""
    KEY = auto()
    """A key or token that a program made."""
    NAMED_KEY = auto()
    """The same where the label says just which: an API key, and not only `Token`."""


_FRAME = re.compile(r"^[-*•·>\u2013 ]{1,4}(?=\w)|(?:[ ]?\([^()\n]{1,30}\))?[ ]?[:*\uff1a ]{0,3}$")
"""What stands around a label: a bullet, a star for *required*, `(optional)`, a colon."""
_BEFORE = r"(?P<before>(?:[\w.'/+-]{1,20}[ ]){0,3})"
_BEHIND = (
    r"(?:[ ](?:again|confirm(?:ation)?|repeat|new|old|wiederholen|bestätigen|bestätigung|neu|alt|erneut"
    r"|encore|actuel|nouveau|nueva|actual|nuovo|nieuw)"
    r"|[ ](?:for|für|pour|para|voor|of|von|per)(?:[ ][^\s:=]{1,40}){1,3})?"
)
_PASSWORD = re.compile(rf"{_BEFORE}[\w-]{{0,30}}?{PASSWORDS}(?:[ ]?\d)?{_BEHIND}", re.IGNORECASE)
_CODE = re.compile(
    rf"{_BEFORE}(?:[\w-]{{0,20}}-)?(?:PIN|PUK|TAN|CVV2?|CVC2?|CVV2? ?/ ?CVC2?|CVC2? ?/ ?CVV2?|CVN"
    r"|(?:karten|kredit)?(?:prüf)(?:nummer|ziffer)|geheimzahl|cryptogramme(?: visuel)?|código de seguridad"
    r"|(?:card )?(?:security|verification) (?:code|number)|code de sécurité|sicherheitscode)"
    rf"(?:[ -]?(?:code|number|nr\.?|no\.?|\d))?{_BEHIND}",
    re.IGNORECASE,
)
_NAMED_KEY = re.compile(
    rf"{_BEFORE}(?:passkey|(?:security|api|secret|product|recovery|licen[sc]e|access|private|signing)[ -]?key"
    r"|encryption[ -]?key|(?:client|app|shared|consumer)[ -]secret|secret"
    r"|(?:access|api|refresh|bearer|auth|personal access)[ -]token"
    r"|(?:api|produkt|lizenz|wiederherstellungs)[- ]?schlüssel)",
    re.IGNORECASE,
)
_KEY = re.compile(rf"{_BEFORE}{SECRETS}", re.IGNORECASE)
_NO_LABEL = frozenset(
    """
    forgot forgotten show hide change reset remember save saved wrong incorrect invalid bad no without use using with
    expired missing lost manage recover retrieve generate update unknown weak empty or and set send is was has
    falsches ungültiges vergessenes kein ohne mit oder und public primary foreign
    ou et sans avec o sin con by via per if any same each every this that
    """.split()  # noqa: SIM905  (strings in a row are harder to read)
)
"""Words before `password` that make it a button, a message or a choice."""
_OTHERS = re.compile(
    r"(?:user(?:[ -]?(?:name|id))?|log ?in|account|e-?mail(?: address)?|benutzer(?:name|kennung)?|konto|anmeldename"
    r"|utilisateur|identifiant|nom d'utilisateur|usuario|gebruikersnaam|domain|domäne|server|host|device"
    r"|telephone|phone|name)[ ]?[:*]?",
    re.IGNORECASE,
)
_NO_VALUES = frozenset(
    """
    show hide forgot forgotten? sign log login submit cancel ok next back continue remember username user name e-mail
    email required optional reset change help anmelden abbrechen weiter vergessen? zeigen anzeigen connexion stay keep
    domain server host close save apply register create passwort-vergessen einloggen registrieren
    settings security profile copy edit delete language two-factor two-step multi-factor last version english deutsch
    angemeldet sicherheit einstellungen profil kopieren bearbeiten löschen sprache zwei-faktor zuletzt speichern
    paramètres sécurité annuler suivant retour mostrar ocultar cancelar siguiente
    """.split()  # noqa: SIM905
)
"""First words of what stands beside or below a field for a password and is none."""
_ABOUT_ONE = re.compile(rf"(?:\w.*[ -])?{PASSWORDS}(?:[ :-].*\w.*)?[?!.]?", re.IGNORECASE)
_VERSION = re.compile(
    r"(?!\d\d\.\d\d\.(?:\d\d){1,2}$)(?:(?:v|ver|version|build|release|rev)\.?[ ]?\d+(?:\.\d+){0,4}|\d+(?:\.\d+){1,4})"
    r"(?:[ .-](?:\([^()]*\)|[a-z]+[.]?\d*))?",
    re.IGNORECASE,
)
"""A program's version, or an address of a computer; a day such as 24.12.1999 may be a password."""
_LONGEST = 70


def field_kind(text: str) -> FieldKind | None:
    """What belongs in the field whose label the text is, such as `New password *`; None where it is no such label."""
    if len(text) > _LONGEST:
        return None
    shown = _FRAME.sub("", text.strip())
    for kind, form in (
        (FieldKind.PASSWORD, _PASSWORD),
        (FieldKind.CODE, _CODE),
        (FieldKind.NAMED_KEY, _NAMED_KEY),
        (FieldKind.KEY, _KEY),
    ):
        label = form.fullmatch(shown)
        if label is not None and not _NO_LABEL.intersection(label["before"].lower().split()):
            return kind
    return None


def is_other_label(text: str) -> bool:
    """Whether a text is the label of a field beside the one for the password, such as `User name`."""
    return _OTHERS.fullmatch(text.strip()) is not None


def may_stand_in_field(text: str) -> bool:
    """Whether a text may be what was typed into a field, and is not a button, a link or another label."""
    shown = text.strip()
    first = shown.split(maxsplit=1)[0].lower().strip(":*.,") if shown else ""
    readable = any(character.isalnum() for character in shown)
    has_digit = any(character.isdigit() for character in shown)
    is_about = " " in shown and not has_digit and _ABOUT_ONE.fullmatch(shown) is not None
    is_about = is_about or _VERSION.fullmatch(shown) is not None
    is_label = (" " in shown or not has_digit) and field_kind(shown) is not None
    return readable and first not in _NO_VALUES and not is_about and not is_label and shown[-1] != ":"
