"""Names of what is private: the words that stand before a password, a key or a token, in the languages of many."""

import re
from collections.abc import Iterator

from desktop.capture.redact.near import lowered, matches_near

PASSWORDS = (
    r"(?:pass[- ]?(?:word|wort|wd|phrase|code)s?|pwd|(?<![^\W_])pw(?![^\W_])|kennwort|losung(?:swort)?"
    r"|mots? de passe|mdp|contrase(?:ñ|ny?)a|(?<!palabra )clave|wachtwoord|senha|hasło|heslo|lösenord(?:et)?"
    r"|adgangskoden?|passord(?:et)?|salasana|jelszó|parol[aă]?(?: d['’]ordine)?|пароль|密码|密碼|パスワード|暗証番号"
    r"|비밀번호|암호|şifre|κωδικός(?: πρόσβασης)?|كلمة (?:المرور|السر)|סיסמ[הא]|palavra-passe|lozinka|geslo"
    r"|slaptažodis|parool|mật khẩu|kenncode|snmp[ -]?community(?:[ -]string)?|code wi-?fi"
    r"|(?:seed|recovery|backup|secret)[- ]?phrase|phrase secrète"
    r"|wiederherstellungsphrase"
    r"|(?:wlan|wi-?fi|netzwerk(?:sicherheits)?|sicherheits)[- ]?schlüssel|network security key"
    r"|pre-?shared[ _-]?key|(?:security|secret) answer|key ?material"
    r"|(?:wpa[23]?|wi-?fi|wep)[ _-]?(?:key|psk|schlüssel)|psk|(?:zugangs|zugriffs|toegangs)code"
    r"|code d['’]accès|código de acceso|codice di accesso|clé (?:wi-?fi|wpa|de sécurité)"
    r"|(?<![^\W_])pass(?=[\"']?[ ]{0,2}[=:])|key content|schlüsselinhalt|contenu de la clé)"
)
SECRETS = (
    r"(?:(?:client|app|shared|consumer|webhook|jwt)?[ _.-]?secret(?:[ _.-]?(?:access)?[ _.-]?key)?"
    r"|(?:access|refresh|id|auth|bearer|session|csrf|xsrf|api|security|sas|bot|deploy|personal[ _-]access)?[ _.-]?token"
    r"|(?:api|access|account|private|shared[ _-]?access|subscription|licen[sc]e|product|encryption|signing"
    r"|recovery|master|serial|activation)[ _.-]?key(?:[ _.-]?id)?|x-functions-key|shared[ _-]?access[ _-]?signature"
    r"|credentials?"
    r"|(?:api|produkt|lizenz|wiederherstellungs|zugriffs|aktivierungs)[- ]?schlüssel"
    r"|activation code|(?:aktivierungs|freischalt)code|código de activación"
    r"|clé (?:api|d['’]api|de licence|de produit|d['’]activation)"
    r"|(?:php|j|asp\.net_)?sess(?:ion)?[ _.-]?id|[a-z]{2,20}_session(?==)|authenticity_token"
    r"|(?<![^\W_])(?:signature|sig|otp|auth|key))"
)
_LABEL = re.compile(rf"(?:(?P<password>{PASSWORDS})|(?P<secret>{SECRETS}))(?:[_-]?\d{{1,2}})?")
_STEMS = (
    *"""
    pass pwd pw kennwort losung mdp contrase clave wachtwoord senha hasło heslo lösenord adgangskode salasana jelszó
    parol пароль 密码 密碼 パスワード 暗証
    비밀번호 암호 şifre κωδικ كلمة סיסמ palavra lozinka geslo slaptaž parool mật community phrase
    schlüssel key psk code código codice clé secret token sig credential
    otp auth answer
    """.split(),  # noqa: SIM905  (thirty strings in a row are harder to read)
    "_session=",
    *(f"{name}{sign}id" for name in ("sess", "session") for sign in ("", " ", "_", ".", "-")),
)
"""In each label is one of them: a text without them is not looked through for labels, which takes longer."""
_REACH = 40
"""Letters before and behind a stem within which its label lies."""


def labels(text: str) -> Iterator[re.Match[str]]:
    """The labels in a text, as matches in its small letters with a group `password` or `secret`.

    That takes a third of the time that a form takes for which large and small letters are alike.
    """
    return matches_near(_LABEL, lowered(text), _STEMS, _REACH, _REACH)
