"""Whether what stands behind a name can be a secret, or is what programs and messages say there."""

import itertools
import re

_MASKED = re.compile(
    r"\[masked\b|\*{3,}|[•●·∙▪]{3,}|\.{3,}|x{4,}$|(?:\$\{|%[a-z_]\w{3,60}%(?!\w)|\{\{)|\{\d{0,2}\}|%l?[sdv][.]?$"
    r"|\$\(|%\(\w|\?$|!vault\b|\$\d$|your[_-]|[:@&]\w{0,20}(?:pass|pwd|secret|token|key|str)$"
    r"|(?-i:(?:[A-Z]+_)?(?:PASS|PASSWOR[DT]|PASSWD|PWD|MDP|MOT_DE_PASSE|CONTRASEÑA|CLAVE|WACHTWOORD|KENNWORT|SENHA)$)"
    r"|\$(?:env:)?\w*(?:pass|pwd|secret|token|key|cred)\w*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"<[^\W\d][\w .-]{0,60}>$|\[[^\W\d][\w /.-]{0,60}\]$|\([^\W\d][^\W\d_ /-]{0,60}\)$")
"""`<hidden>`, `[required]`, `(not set)`."""
_IN_BRACKETS = re.compile(
    r"[<\[](?!\w*(?i:pass|pwd|secret|token|key|user|type|text|str|field|int|u?int))(?=\w*\d)\w{5,60}[>\]]"
)
"""`<Xy7kP2>`, as letters show a password; a placeholder is words."""
_OBJECT = re.compile(r"\{[ ]?[\"']\w{1,40}[\"']?")
"""What a schema or a form says of a field of that name."""
PLAIN_WORD = re.compile(r"[^\W\d_]+[.!?]?")
_NOT_A_VALUE = frozenset(
    """
    incorrect wrong invalid required expired must please cannot can't missing none null nil true false yes no empty
    unknown failed failure error not too is was are has have does did will should could your the a an at in on of for
    from to and or with field hash reset changed change forgotten policy prompt hint protected authentication expires
    undefined object value length type minimum maximum min max least all password passwords unchanged blank unset n/a
    na optional mandatory mismatch rejected refused denied accepted correct entered provided supplied encrypted hidden
    redacted masked weak strong short insecure already never always use try enter confirm choose contains may cannot
    requires needs doesn't don't isn't wasn't ok okay default disabled enabled locked needed disallowed unavailable
    added removed support this that these it if when where files compat unspecified
    pflichtfeld pflichtangabe expected enable disable whether
    still being gone saved valid fine unsafe secure compromised same different
    falsch ungültig erforderlich abgelaufen fehlt bitte nicht ist wurde vergessen ändern leer muss darf kann wird zu
    kein keine ungleich geändert zurückgesetzt gesperrt unbekannt verweigert abgelehnt eingeben bestätigen richtig
    mindestens höchstens korrekt schwach läuft stimmt benötigt inkorrekt optional verborgen
    incorrecte incorrect requis requise expiré invalide oublié obligatoire erroné refusé manquant doit
    incorrecta incorrecto requerida obligatoria caducada inválida vacía errata scaduta richiesta onjuist vereist
    """.split()  # noqa: SIM905  (strings in a row are harder to read)
)
"""What follows the word `password` in messages about one."""
_TYPE_WORDS = frozenset(
    """
    string str int integer uint bool boolean bytes byte char object option float double decimal void guid uuid
    datetime uri url textbox passwordbox label
    varchar nvarchar text securestring cancellationtoken jtoken any optional list dict array nullable number jwt
    type union literal
    """.split()  # noqa: SIM905
)
_TYPE_END = re.compile(r"(?:\[\d*\]|\(\d{0,4}\)?|<.*|`\d.*|\[.*|[?!|,)&*:])+$")
_TYPE = re.compile(r"u?int(?:8|16|32|64|ptr)|float(?:32|64)|[iu](?:8|16|32|64)|String\d{0,2}", re.IGNORECASE)
_KNOWN_ROOT = re.compile(
    r"(?:System|Microsoft|Windows|Newtonsoft|Azure|Amazon|Google|java|javax|jakarta|org|com|net|io|kotlin|scala|std"
    r"|android|typing|builtins|datetime|builtin)(?:(?:\.|::)[A-Za-z_]\w*)+"
)
_TYPE_PATH = re.compile(r"[A-Za-z][a-z]\w*(?:(?:\.|::)[A-Z][a-z]\w*)+")
_CASED_WORDS = re.compile(r"[A-Z]{0,4}[a-z]{2,}(?:[A-Z][a-z]{2,})+|[A-Z][a-z]+")
_JOINED = re.compile(r"_{0,2}[A-Za-z]{1,40}+(?:[_/-][A-Za-z]{1,40}+){1,9}")
_CASED = re.compile(r"(?:[A-Z]?[a-z]{2,}+)++")
"""Words that are joined by signs, as names of things are."""
_GENERIC = re.compile(r"[A-Z][A-Za-z.]*\[[A-Za-z][\w., |]*\]?[,):]*")
_CALL = re.compile(r"[A-Za-z_][\w.]*\([\w.]*:?|[A-Za-z_]\w*(?:\.\w+)+\(.*|[a-z_]+\[.*")
"""`Token(self`, cut off at a comma; `alice.computeSecret(bob.key()`; `key[:16]`."""
_EXPRESSION = re.compile(
    r"(?:[A-Za-z_]\w*(?:\.|->|::))+\w*(?:pass|pwd|secret|token|key|cred|auth)[a-z_]*[),;\]]*$"
    r"|(?-i:(?:Get|New|Read|ConvertTo|ConvertFrom|Import|Export|Invoke|Select|Unprotect)-[A-Z][A-Za-z]+)(?![\w-])"
    r"|(?:HKEY_|HK(?:LM|CU|CR|U)\\|HKLM:)"
    r"|(?:await|new|nameof|typeof|self|this|req|request|args|config|os|process|environ|input|getpass|getenv|env|get[A-Z]\w+)"
    r"(?:[.(\[]|->)|[A-Za-z_][\w.]*\((?:[\w., ]*\)|$)",
    re.IGNORECASE,
)
"""`args.password`, `os.environ["X"]`, `getpass()`: what names a secret and does not hold one; keys of the registry."""
_ALGORITHM = re.compile(
    r"(?:hmac|rsa|ecdsa|dsa|pbkdf2|with|-|_)*(?:sha-?[1-5]\d{0,2}|md[45]|aes-?\d{3}|[rehp]s(?:256|384|512)|ntlmv?2?"
    r"|o?auth-?[12](?:\.0)?[a-c]?|saml-?2(?:\.0)?|tls-?v?1(?:\.\d)?|wpa[23]?(?:-\w+)?|ed25519|x509|utf-?(?:8|16)|kerberos5?)"
    r"(?:with\w+|rsa|-?rsa|-?ecdsa|-\w{1,10})?",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"0x[0-9a-f]{1,16}|\(?v?\d+(?:\.\d+){1,14}\)?|\d+/(?:tcp|udp)|\d{4}-\d\d-\d\d.{0,20}|\d{1,2}:\d\d(?::\d\d)?",
    re.IGNORECASE,
)
"""An error's code, a version or an object's identifier, a port, a day, a time."""
_GUID = re.compile(r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)
_UNBROKEN = re.compile(r"[A-Za-z0-9_+/=-]{20,}")
_LETTERS = re.compile(r"[A-Za-z]{20,}")
_DIGIT = re.compile(r"\d")
_SIGNS = frozenset("!$%&*+@#^~=\\")
_LEAST, _SESSION = 5, 8
_LEAST_MIXED = 12


def is_masked(value: str) -> bool:
    """Whether it stands in the place of a value: asterisks, dots, `[masked: password]`, `${PASSWORD}`, `<hidden>`."""
    return _MASKED.match(value) is not None or (_BRACKETED.match(value) is not None and not _IN_BRACKETS.match(value))


def is_said_of_passwords(word: str) -> bool:
    """Whether a word follows `password` in messages about one: `incorrect`, `must`, `falsch`."""
    return word.lower().strip(".,:;!?…)»") in _NOT_A_VALUE


def is_name(value: str) -> bool:
    """Whether it is words joined by signs, as names of things are: `tls-cert`, `Customers_PrimaryKey`."""
    parts = re.split("[_/-]", value.lstrip("_")) if _JOINED.fullmatch(value) else ()
    return bool(parts) and all(part.islower() or part.isupper() or _CASED.fullmatch(part) for part in parts)


def is_type(value: str) -> bool:
    """Whether it is the name of a type: `string`, `Int32`, `System.Security.SecureString`, `List<string>`."""
    name = _TYPE_END.sub("", value.rstrip(".,;"))
    return name.lower() in _TYPE_WORDS or bool(
        _TYPE.fullmatch(name) or _GENERIC.fullmatch(value) or _KNOWN_ROOT.fullmatch(name)
    )


def is_expression(value: str) -> bool:
    """Whether it is source code that gets the secret from elsewhere."""
    return _EXPRESSION.match(value) is not None


def is_password(value: str) -> bool:
    """Whether what stands behind `password:` may be one: all but types, placeholders and words about passwords."""
    if _OBJECT.match(value) or not (len(value) >= _LEAST or any(map(str.isalnum, value))):
        return False
    return not (is_masked(value) or is_said_of_passwords(value) or is_type(value) or is_expression(value))


def is_unlike_a_word(value: str) -> bool:
    """Whether it has digits, signs or capital letters as words of a language have not."""
    value = value.rstrip(".,:;!?")
    if len(value) < 4 or _CODE.fullmatch(value) or _ALGORITHM.fullmatch(value):
        return False
    humps = any(low.islower() and high.isupper() for low, high in itertools.pairwise(value))
    return humps or any(letter.isdigit() or letter in _SIGNS for letter in value)


def is_secret(value: str, name: str) -> bool:
    """Whether the value of a `token=` and the like is more than a word: `Unexpected token: }` names no secret."""
    return _looks_secret(value, name.lower()) and not _is_said_elsewhere(value)


def _looks_secret(value: str, name: str) -> bool:
    if name in ("signature", "sig") and "(" in value:
        return False
    if _LETTERS.fullmatch(value):
        return not _CASED_WORDS.fullmatch(value)
    if name == "key":
        return bool(_UNBROKEN.fullmatch(value)) and not (_GUID.fullmatch(value) or is_name(value))
    if "secret" in name:
        return len(value) >= 4 and not PLAIN_WORD.fullmatch(value) and not (name == "secret" and is_name(value))
    mixed = value.lower() != value and value.upper() != value and not value.istitle()
    looks = _DIGIT.search(value) or (
        mixed and len(value) >= _LEAST_MIXED and not _CASED_WORDS.fullmatch(value.rstrip(":)"))
    )
    least = _SESSION if name.startswith("sess") else _LEAST
    return len(value) >= least and bool(looks) and any(map(str.isalnum, value)) and not is_name(value)


def _is_said_elsewhere(value: str) -> bool:
    """Whether it is a placeholder, source code, the name of a type or procedure, a code, or a word about secrets."""
    bare = value.rstrip(".,;:!?()")
    if is_masked(value) or is_type(value) or is_expression(value) or is_said_of_passwords(value):
        return True
    return _CALL.fullmatch(value) is not None or any(form.fullmatch(bare) for form in (_TYPE_PATH, _CODE, _ALGORITHM))
