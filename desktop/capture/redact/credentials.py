"""Passwords, keys and tokens in texts that programs write: headers, addresses, settings, commands, labelled fields."""

import re
from collections.abc import Iterator

from desktop.capture.redact.secret import Found, SecretKind

_PASSWORDS = (
    r"(?:pass(?:word|wort|wd|phrase|code)s?|pwd|kennwort|losung|mots? de passe|mdp|contraseña|clave|wachtwoord|senha"
    r"|hasło|heslo|lösenord|adgangskode|passord|salasana|jelszó|parol[aă]?|пароль|密码|パスワード"
    r"|(?:wlan|wi-?fi|netzwerk(?:sicherheits)?|sicherheits)[- ]?schlüssel|network security key|pre-?shared key"
    r"|(?:wpa2?|wi-?fi|wep)[ _-]?(?:key|psk)|psk|zugangscode|clé (?:wi-?fi|wpa|de sécurité))"
)
_SECRETS = (
    r"(?:(?:client|app|shared|consumer|webhook|jwt)?[ _.-]?secret(?:[ _.-]?(?:access)?[ _.-]?key)?"
    r"|(?:access|refresh|id|auth|bearer|session|csrf|xsrf|api|security|sas|bot|deploy|personal[ _-]access)?[ _.-]?token"
    r"|(?:api|access|account|private|shared[ _-]?access|subscription|licen[sc]e|product|encryption|signing"
    r"|recovery|master)[ _.-]?key(?:[ _.-]?id)?|x-functions-key|apikey|shared[ _-]?access[ _-]?signature|credentials?"
    r"|(?:api|produkt|lizenz|wiederherstellungs|zugriffs)[- ]?schlüssel|clé (?:api|d'api|de licence|de produit)"
    r"|(?:php|j|asp\.net_)?sess(?:ion)?[ _.-]?id|authenticity_token|signature|sig|otp|auth)"
)
_LABEL = rf"(?P<password>{_PASSWORDS})|(?P<secret>{_SECRETS})"
_VALUE = (
    r"(?:\"(?P<double>(?:[^\"\\\n]|\\.){1,2000})\"|'(?P<single>(?:[^'\\\n]|\\.){1,2000})'"
    r"|\\{1,3}[\"'](?P<escaped>[^\"'\\\n]{1,2000})"
    r"|(?P<setting>(?<==)[^;\n\"'&<>]{1,200}(?=;[ \t]{0,9}(?:[\w ]{1,40}=|[\"']|\n|\Z)))"
    r"|(?P<bare>[^\s\"'<>;,&|(){}\[\]][^\s\"'<>;,&]{0,2000}))"
)
_ASSIGNED = re.compile(
    rf"(?:\b|(?<=[_a-z0-9.-]))(?:{_LABEL})(?:[_-]?\d{{1,2}})?\\{{0,3}}[\"']?"
    rf"(?:[ \t]{{0,3}}(?::=|=>|[:=\uff1a])[ \t]{{0,3}}|>)(?:{_VALUE})",
    re.IGNORECASE,
)
"""A name, a colon or equals sign (or the end of an XML tag), a value: of ini, JSON, YAML, XML, connection strings."""
_REFUSED = re.compile(
    r"\b(?:incorrect|invalid|wrong|bad|weak|missing|empty|expired|forgot(?:ten)?|no|falsches|ungültiges)[ \t]{1,9}$",
    re.IGNORECASE,
)
"""Stands before the word `password` in messages about one; what follows is prose."""
_ASSEMBLY = re.compile(r"public[ _]?key[ _]?$", re.IGNORECASE)
"""A public key's token is part of the name of each .NET assembly, and no secret."""
_FOLDER = re.compile(r"/|~|[A-Za-z]:\\")
"""The shell's PWD is the folder it is in."""
_ELEMENT = re.compile(rf"<(?:\w+:)?{_PASSWORDS}\s[^<>]{{1,200}}>(?P<element>[^<>\n]{{1,200}})</", re.IGNORECASE)
_PAIR = re.compile(
    rf"\b(?:key|name)=([\"'])[\w.:-]{{0,60}}{_PASSWORDS}\1\s+value=([\"'])(?P<pair>[^\"'<>\n]{{1,200}})\2",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b{_PASSWORDS}[ \t]{{1,9}}(?:is|was|ist|lautet|est|es|war)?[ \t]{{0,9}}[\"'“„]?(?P<said>[^\s\"'“”„]{{4,100}})",
    re.IGNORECASE,
)
_PIN = re.compile(
    r"\b(?:(?:PIN|TAN|CVC|CVV2?|Pin-Code|PIN-Code)(?:[ -]?(?:code|number|Nr\.?))?"
    r"[ \t]{0,9}[:=#][ \t]{0,9}(?P<pin>\d{3,12})"
    r"|PIN[ \t](?P<bare>\d{4,6}))\b"
)
_ONCE = re.compile(
    r"\b(?:one-time|verification|security|log-?in|sign-?in|confirmation|authentication|access|bestätigungs|einmal"
    r"|sicherheits|anmelde|verifizierungs)[ -]?(?:pass)?(?:code|pin|kode|password|kennwort|passwort)"
    r"(?:[ \t]{1,9}(?:is|lautet|ist|est))?[ \t]{0,9}:?[ \t]{0,9}(?P<once>\d{3}[ -]?\d{3}|\d{4,8})\b",
    re.IGNORECASE,
)

_AUTHORIZATION = re.compile(
    r"\b(?:proxy-)?authorization[\"']?[ \t]{0,9}[:=][ \t]{0,9}[\[\"']{0,2}"
    r"(?P<value>[\w-]{2,40}[ \t]{1,9}\w{1,40}=\"[^\r\n]{2,4000}|[^\r\n\"']{2,4000})",
    re.IGNORECASE,
)
_COOKIE = re.compile(
    r"\b(?:set-)?cookies?2?[\"']?[ \t]{0,9}:[ \t]{0,9}[\"']?(?P<value>[^\r\n\"']{3,8000})", re.IGNORECASE
)
_COOKIE_PAIR = re.compile(r"[^\s=;]+=")
"""A cookie has a name and a value; prose about cookies has neither (RFC 6265, section 4)."""
_BEARER = re.compile(
    r"\b(?:bearer|basic|digest|negotiate|ntlm)[ \t]{1,9}(?P<value>[A-Za-z0-9._~+/-]{8,4000}={0,2})", re.IGNORECASE
)
_USERINFO = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,30}://(?P<user>[^\s/:@\"'<>]{0,500})"
    r"(?::(?P<value>[^\s\"'<>/]{1,500}|(?!\d{1,5}/)[^\s\"'<>@]{1,500}))?@(?=[\w\[%{])",
    re.IGNORECASE,
)
"""Of `scheme://user:password@host` (RFC 3986, section 3.2.1); a password may hold an @."""
_LONG_USER = 16
_QUERY = re.compile(
    r"[?&#](?:code|key|ticket|nonce|assertion|hash|pass|saml(?:response|request)|t|k)=(?P<value>[^\s&#\"'<>;]{10,4000})",
    re.IGNORECASE,
)
_HOOK = re.compile(
    r"\b(?:hooks\.slack\.com/services/|discord(?:app)?\.com/api/webhooks/|webhook\.office\.com/webhookb2/)"
    r"(?P<value>[^\s\"'<>]{8,400})",
    re.IGNORECASE,
)
"""Addresses that let everybody who knows them write somewhere."""
_COMMAND = re.compile(
    r"(?:(?<!\w)(?:-u|--user|--proxy-user|-U)[ =]+[\"']?[^\s:\"']{1,100}:(?P<user>[^\s\"']+)"
    r"|\bcurl\b[^\n]{0,400}?[ ]-u[\"']?[^\s:\"']{1,100}:(?P<joined>[^\s\"']+)"
    r"|\boracle:\w{1,20}:[^\s/@\"']{1,60}/(?P<oracle>[^\s@\"']{1,100})(?=@)"
    r"|(?<!\w)--?(?:(?:http-|ftp-|proxy-)?(?:password|passwd|pass)|token|secret|api-?key|access-token|auth-token)[ =]+"
    r"[\"']?(?P<option>[^\s\"']+)"
    r"|\b(?:sshpass|mysql|mysqldump|mariadb)\b[^\n]{0,200}?[ ]-p[ ]?[\"']?(?P<short>[^\s\"'-][^\s\"']*)"
    r"|\bnet use\b[^\n]{0,200}?\\\\\S+[ ]+(?P<share>[^\s/*][^\s]*)(?=[ ]+/user))",
    re.IGNORECASE,
)

_ISSUED = re.compile(
    r"(?<![A-Za-z0-9_])(?:"
    r"(?:AK[Il1]A|AS[Il1]A|AROA|A[Il1]DA)[A-Z0-9]{16}"
    r"|gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[A-Za-z0-9_-]{16,64}"
    r"|xox[a-z]-[A-Za-z0-9-]{10,250}|xapp-[A-Za-z0-9-]{10,250}"
    r"|[sr]k_(?:[Il1]ive|test)_[A-Za-z0-9]{10,250}|whsec_[A-Za-z0-9+/=]{10,250}"
    r"|A[Il1]za[A-Za-z0-9_-]{30,45}|ya29\.[A-Za-z0-9_-]{20,500}"
    r"|sk-(?:[a-z]+-)*[A-Za-z0-9_-]{20,250}|npm_[A-Za-z0-9]{30,50}|pypi-[A-Za-z0-9_-]{40,250}"
    r"|SG\.[A-Za-z0-9_-]{16,50}\.[A-Za-z0-9_-]{16,80}|dop_v1_[a-f0-9]{40,80}|hvs\.[A-Za-z0-9_-]{20,200}"
    r"|eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{4,8000}(?:\.[A-Za-z0-9_-]*)?(?:\.[A-Za-z0-9_-]+){0,2}"
    r"|[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}"
    r"|\d{6}(?:-\d{6}){7}"
    r")(?![A-Za-z0-9_])"
)
"""AWS, GitHub, GitLab, Slack, Stripe, Google, OpenAI and kin, npm, PyPI, SendGrid, DigitalOcean, Vault, JWT (RFC 7519),
product keys of five groups, BitLocker's recovery keys; I, l and 1 as a reader of pictures confuses them."""
_PRIVATE_KEY = re.compile(
    r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?P<value>.*?)"
    r"(?:-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|\Z)",
    re.DOTALL,
)

_LONG_TOKEN = 20
"""Letters from which on a value without a digit is no word."""
_BROKEN_AT = 40
"""Letters in a line from which on it may have been broken off."""
_REST = re.compile(r"\r?\n[ \t]{0,8}(?P<rest>[A-Za-z0-9+/_=.~-]{4,4000})(?=[\"'\])},;]{0,3}\r?(?:\n|\Z))")

_MASKED = re.compile(
    r"\[masked\b|\*{3,}|•{3,}|\.{3,}|<(?:hidden|redacted|masked)>|x{4,}$|(?:\$\{|%\w+%|\{\{)", re.IGNORECASE
)
_PLAIN_WORD = re.compile(r"[^\W\d_]+[.!?]?")
_NOT_A_VALUE = frozenset(
    """
    incorrect wrong invalid required expired must please cannot missing none null nil true false yes no empty unknown
    failed failure error not too is was are has have does did will should could your the a an at in on of for from to
    and or with field hash reset changed change forgotten policy prompt hint protected authentication expires string
    falsch ungültig erforderlich abgelaufen fehlt bitte nicht ist wurde vergessen ändern leer
    incorrecte requis expiré invalide oublié undefined object value length type
    """.split()  # noqa: SIM905  (forty strings in a row are harder to read)
)
"""What follows the word `password` in messages about one."""


def credentials(text: str) -> Iterator[Found]:
    """Every password, key, token and cookie in the text; they may overlap."""
    for found in _unbroken(text):
        yield _to_its_end(text, found) if found.kind in (SecretKind.TOKEN, SecretKind.KEY) else found


def _unbroken(text: str) -> Iterator[Found]:
    yield from _named(text)
    yield from _headers(text)
    yield from _addresses(text)
    for match in _ISSUED.finditer(text):
        yield Found(match.start(), match.end(), SecretKind.TOKEN if match[0].startswith("eyJ") else SecretKind.KEY)
    for match in _PRIVATE_KEY.finditer(text):
        if match["value"].strip() and not _MASKED.match(match["value"]):
            yield Found(match.start("value"), match.end("value"), SecretKind.KEY)


def _to_its_end(text: str, found: Found) -> Found:
    """A token that a terminal or a mail has broken at the end of its line, with the lines that it goes on in."""
    end = found.end
    while end - text.rfind("\n", 0, end) > _BROKEN_AT:
        rest = _REST.match(text, end)
        if rest is None or _is_prose(rest["rest"]):
            break
        end = rest.end()
    return Found(found.start, end, found.kind)


def _named(text: str) -> Iterator[Found]:
    for match in _ASSIGNED.finditer(text):
        group = next(name for name in ("double", "single", "escaped", "setting", "bare") if match[name] is not None)
        value, is_password = match[group], match["password"] is not None
        if _MASKED.match(value) or value.lower().strip(".,:!?") in _NOT_A_VALUE:
            continue
        if not is_password and not _looks_secret(value, match["secret"]):
            continue
        before = text[max(0, match.start() - 20) : match.start()]
        if match[0].lower().startswith("pwd") and _FOLDER.match(value):
            continue
        if (is_password and _REFUSED.search(before)) or (not is_password and _ASSEMBLY.search(before)):
            continue
        yield Found(match.start(group), match.end(group), SecretKind.PASSWORD if is_password else SecretKind.TOKEN)
    for match in _SAID.finditer(text):
        if _looks_secret(match["said"], "") and not _MASKED.match(match["said"]):
            yield Found(match.start("said"), match.end("said"), SecretKind.PASSWORD)
    for form in (_PIN, _ONCE, _COMMAND, _ELEMENT, _PAIR):
        for match in form.finditer(text):
            group = next(name for name, value in match.groupdict().items() if value is not None)
            if not _MASKED.match(match[group]):
                yield Found(match.start(group), match.end(group), SecretKind.PASSWORD)


def _looks_secret(value: str, name: str) -> bool:
    """Whether the value of a `token=` and the like is more than a word: `Unexpected token: }` names no secret."""
    if "secret" in name.lower():
        return len(value) >= 4 and not _PLAIN_WORD.fullmatch(value)
    if len(value) >= _LONG_TOKEN and value.isascii() and value.isalpha() and not value.istitle():
        return True
    has_digit = any(character.isdigit() for character in value)
    mixed = value.lower() != value and value.upper() != value and not value.istitle()
    return len(value) >= 5 and (has_digit or (mixed and len(value) >= 12)) and any(map(str.isalnum, value))


def _is_prose(word: str) -> bool:
    return _PLAIN_WORD.fullmatch(word) is not None and (word.islower() or word.istitle() or word.isupper())


def _headers(text: str) -> Iterator[Found]:
    for match in _AUTHORIZATION.finditer(text):
        value = match["value"].rstrip()
        scheme = re.match(r"[A-Za-z][\w-]*[ \t]{1,9}", value)
        start = match.start("value") + (scheme.end() if scheme else 0)
        end = match.start("value") + len(value)
        said = text[start:end]
        if end - start >= 6 and not _MASKED.match(said) and not all(map(_is_prose, said.split())):
            yield Found(start, end, SecretKind.TOKEN)
    for match in _COOKIE.finditer(text):
        if _COOKIE_PAIR.match(match["value"]) and not _MASKED.match(match["value"]):
            yield Found(match.start("value"), match.start("value") + len(match["value"].rstrip()), SecretKind.COOKIE)
    for match in _BEARER.finditer(text):
        value = match["value"]
        if (
            any(map(str.isdigit, value))
            or value.endswith("=")
            or (len(value) >= 16 and not _PLAIN_WORD.fullmatch(value))
        ):
            yield Found(match.start("value"), match.end("value"), SecretKind.TOKEN)


def _addresses(text: str) -> Iterator[Found]:
    for match in _USERINFO.finditer(text):
        if match["value"] is not None:
            if not _MASKED.match(match["value"]):
                yield Found(match.start("value"), match.end("value"), SecretKind.PASSWORD)
        elif len(match["user"]) >= _LONG_USER and any(map(str.isdigit, match["user"])):
            yield Found(match.start("user"), match.end("user"), SecretKind.TOKEN)

    for match in _QUERY.finditer(text):
        value = match["value"]
        if any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and not _MASKED.match(value):
            yield Found(match.start("value"), match.end("value"), SecretKind.TOKEN)
    for match in _HOOK.finditer(text):
        if not _MASKED.match(match["value"]):
            yield Found(match.start("value"), match.end("value"), SecretKind.TOKEN)


def is_password_label(text: str) -> bool:
    """Whether a text is the label of a field for a password, such as `Password:` or `New password *`."""
    return _FIELD_LABEL.fullmatch(text.strip()) is not None


_FIELD_LABEL = re.compile(
    r"(?:(?:your|new|old|current|confirm|enter|repeat|re-?enter|user|wi-?fi|network|admin|neues|altes|ihr|nouveau|votre)"
    r"[ -]?){0,3}"
    rf"(?:{_PASSWORDS}|PIN|passkey|security key|api key|secret(?: key)?|access token|product key|recovery key)"
    r"(?: \((?:again|required|repeat)\))?[ ]?[:*\uff1a]{0,2}",
    re.IGNORECASE,
)
