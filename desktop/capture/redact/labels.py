"""Names of what is private: the words that stand before a password, a key or a token, in the languages of many."""

import re
from collections.abc import Iterator

PASSWORDS = (
    r"(?:pass[- ]?(?:word|wort|wd|phrase|code)s?|pwd|(?<![^\W_])pw(?![^\W_])|kennwort|losung(?:swort)?"
    r"|mots? de passe|mdp|contrase(?:ñ|ny)a|clave|wachtwoord|senha|hasło|heslo|lösenord|adgangskode|passord|salasana"
    r"|jelszó|parol[aă]?|пароль|密码|パスワード|(?:seed|recovery|backup|secret)[- ]?phrase|phrase secrète"
    r"|wiederherstellungsphrase"
    r"|(?:wlan|wi-?fi|netzwerk(?:sicherheits)?|sicherheits)[- ]?schlüssel|network security key|pre-?shared key"
    r"|(?:wpa2?|wi-?fi|wep)[ _-]?(?:key|psk)|psk|zugangscode|clé (?:wi-?fi|wpa|de sécurité)"
    r"|(?<![^\W_])pass(?=[\"']?[ ]{0,2}=|[\"'][ ]{0,2}:)|key content|schlüsselinhalt|contenu de la clé)"
)
SECRETS = (
    r"(?:(?:client|app|shared|consumer|webhook|jwt)?[ _.-]?secret(?:[ _.-]?(?:access)?[ _.-]?key)?"
    r"|(?:access|refresh|id|auth|bearer|session|csrf|xsrf|api|security|sas|bot|deploy|personal[ _-]access)?[ _.-]?token"
    r"|(?:api|access|account|private|shared[ _-]?access|subscription|licen[sc]e|product|encryption|signing"
    r"|recovery|master)[ _.-]?key(?:[ _.-]?id)?|x-functions-key|shared[ _-]?access[ _-]?signature|credentials?"
    r"|(?:api|produkt|lizenz|wiederherstellungs|zugriffs)[- ]?schlüssel|clé (?:api|d'api|de licence|de produit)"
    r"|(?:php|j|asp\.net_)?sess(?:ion)?[ _.-]?id|authenticity_token|(?<![^\W_])(?:signature|sig|otp|auth|key))"
)
_LABEL = re.compile(rf"(?:(?P<password>{PASSWORDS})|(?P<secret>{SECRETS}))(?:[_-]?\d{{1,2}})?", re.IGNORECASE)
_STEMS = tuple(
    """
    pass pwd pw kennwort losung mdp contrase clave wachtwoord senha hasło heslo lösenord adgangskode salasana jelszó
    parol пароль 密码 パスワード phrase schlüssel key psk zugangscode clé secret token sig credential sess otp auth
    """.split()  # noqa: SIM905  (thirty strings in a row are harder to read)
)
"""In each label is one of them: a text without them is not looked through for labels, which takes longer."""
_REACH = 40
"""Letters before and behind a stem within which its label lies."""

_FIELD_LABEL = re.compile(
    r"(?:(?:your|my|the|new|old|current|confirm|enter|repeat|re-?enter|user|wi-?fi|network|admin|login|neues|altes|ihr"
    r"|dein|mein|nouveau|votre|tu|su|nueva)[ -]?){0,3}"
    rf"(?:{PASSWORDS}|PIN|PUK|CVV2?|CVC2?|passkey|security key|api key|secret(?: key)?|access token|product key"
    r"|recovery key|client secret|api token)"
    r"(?:[ ]?\((?:again|required|repeat|optional|wiederholen)\))?[ ]?[:*\uff1a]{0,2}",
    re.IGNORECASE,
)
_SECRET_LABEL = re.compile(rf"{SECRETS}[ ]?[:\uff1a]", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:user ?(?:name|id)?|log ?in|account|e-?mail(?: address)?|benutzer(?:name|kennung)?|konto|anmeldename"
    r"|utilisateur|identifiant|nom d'utilisateur|usuario|gebruikersnaam|domain|domäne|server|host|device"
    r"|telephone|phone|name)[ ]?[:*]?",
    re.IGNORECASE,
)
_NO_VALUES = frozenset(
    """
    show hide forgot forgotten? sign log login submit cancel ok next back continue remember username user name e-mail
    email required optional reset change help anmelden abbrechen weiter vergessen? zeigen anzeigen connexion stay keep
    domain server host close save apply register create passwort-vergessen einloggen registrieren
    """.split()  # noqa: SIM905  (forty strings in a row are harder to read)
)
"""First words of what stands beside or below a field for a password and is none."""


def labels(text: str) -> Iterator[re.Match[str]]:
    """The labels in a text, as matches with a group `password` or `secret`."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    done = 0
    for start, end in _windows(small):
        for label in _LABEL.finditer(text, max(start, done), end):
            done = label.end()
            yield label


def _windows(small: str) -> Iterator[tuple[int, int]]:
    """Stretches of a text in small letters that hold a stem, in order, none touching the next."""
    places = sorted(match.start() for stem in _STEMS if stem in small for match in re.finditer(stem, small))
    start = end = 0
    for place in places:
        if place - _REACH > end:
            if end:
                yield start, end
            start = max(0, place - _REACH)
        end = place + _REACH
    if end:
        yield start, end


def is_password_label(text: str) -> bool:
    """Whether a text is the label of a field for a password, such as `Password:` or `New password *`."""
    return _FIELD_LABEL.fullmatch(text.strip()) is not None


def is_secret_label(text: str) -> bool:
    """Whether a text is the label of a field for a token or key, with its colon."""
    return _SECRET_LABEL.fullmatch(text.strip()) is not None


def is_other_label(text: str) -> bool:
    """Whether a text is the label of a field beside the one for the password, such as `User name`."""
    return _OTHERS.fullmatch(text.strip()) is not None


def may_stand_in_field(text: str) -> bool:
    """Whether a text may be what was typed into a field, and is not a button or another label."""
    first = text.split(maxsplit=1)[0].lower().strip(":*.,") if text.strip() else ""
    readable = any(character.isalnum() for character in text)
    return readable and first not in _NO_VALUES and not is_password_label(text) and not text.rstrip().endswith(":")
