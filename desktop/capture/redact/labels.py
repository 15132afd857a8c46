"""Names of what is private: the words that stand before a password, a key or a token, in the languages of many."""

import re

PASSWORDS = (
    r"(?:pass[- ]?(?:word|wort|wd|phrase|code)s?|pwd|(?<![^\W_])pw(?![^\W_])|kennwort|losung(?:swort)?"
    r"|mots? de passe|mdp|contrase(?:ñ|ny)a|clave|wachtwoord|senha|hasło|heslo|lösenord|adgangskode|passord|salasana"
    r"|jelszó|parol[aă]?|пароль|密码|パスワード|(?:seed|recovery|backup|secret)[- ]?phrase|phrase secrète"
    r"|wiederherstellungsphrase"
    r"|(?:wlan|wi-?fi|netzwerk(?:sicherheits)?|sicherheits)[- ]?schlüssel|network security key|pre-?shared key"
    r"|(?:wpa2?|wi-?fi|wep)[ _-]?(?:key|psk)|psk|zugangscode|clé (?:wi-?fi|wpa|de sécurité))"
)
SECRETS = (
    r"(?:(?:client|app|shared|consumer|webhook|jwt)?[ _.-]?secret(?:[ _.-]?(?:access)?[ _.-]?key)?"
    r"|(?:access|refresh|id|auth|bearer|session|csrf|xsrf|api|security|sas|bot|deploy|personal[ _-]access)?[ _.-]?token"
    r"|(?:api|access|account|private|shared[ _-]?access|subscription|licen[sc]e|product|encryption|signing"
    r"|recovery|master)[ _.-]?key(?:[ _.-]?id)?|x-functions-key|shared[ _-]?access[ _-]?signature|credentials?"
    r"|(?:api|produkt|lizenz|wiederherstellungs|zugriffs)[- ]?schlüssel|clé (?:api|d'api|de licence|de produit)"
    r"|(?:php|j|asp\.net_)?sess(?:ion)?[ _.-]?id|authenticity_token|signature|sig|otp|auth|(?<![^\W_])key)"
)
LABEL = re.compile(
    rf"(?:\b|(?<=[_a-z0-9.-]))(?:(?P<password>{PASSWORDS})|(?P<secret>{SECRETS}))(?:[_-]?\d{{1,2}})?", re.IGNORECASE
)

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
