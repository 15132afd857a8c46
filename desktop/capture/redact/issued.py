"""Keys and tokens that are known by their form, whoever names them or not."""

import re
from base64 import b64decode
from collections.abc import Iterator

from desktop.capture.redact.plausible import is_masked
from desktop.capture.redact.secret import Found, SecretKind

_ISSUED = re.compile(
    r"(?<![A-Za-z0-9_])(?:"
    r"(?:AK[Il1]A|AS[Il1]A|AROA|A[Il1]DA)[A-Z0-9]{16}"
    r"|gh[pousr]_[A-Za-z0-9]{20,255}+|github_pat_[A-Za-z0-9_]{20,255}+|glpat-[A-Za-z0-9_-]{16,64}+"
    r"|xox[a-z]-[A-Za-z0-9-]{10,250}+|xapp-[A-Za-z0-9-]{10,250}+"
    r"|[sr]k_(?:[Il1]ive|test)_[A-Za-z0-9]{10,250}+|[sr]k (?:[Il1]ive|test) (?=[A-Za-z]{0,40}\d)[A-Za-z0-9]{16,250}+"
    r"|whsec_[A-Za-z0-9+/=]{10,250}+"
    r"|A[Il1]za[A-Za-z0-9_-]{30,45}+|ya29\.[A-Za-z0-9_-]{20,500}+"
    r"|(?<!-)sk-(?=[A-Za-z0-9_-]{0,60}[A-Z0-9])[A-Za-z0-9_-]{20,250}+|npm_[A-Za-z0-9]{30,50}+|pypi-[A-Za-z0-9_-]{40,250}+"
    r"|SG\.[A-Za-z0-9_-]{16,50}+\.[A-Za-z0-9_-]{16,80}+|dop_v1_[a-f0-9]{40,80}+|hvs\.[A-Za-z0-9_-]{20,200}+"
    r"|[sb]\.(?=[A-Za-z]{0,23}\d)[A-Za-z0-9]{24}"
    r"|(?<!-)eyJ[A-Za-z0-9_-]{8,4000}+\.[A-Za-z0-9_-]{4,8000}+(?:\.[A-Za-z0-9_-]*+){0,3}"
    r"|(?:hf|shp(?:at|ca|pa|ss)|dckr_pat|gl(?:sa|c|rt|ptt)|gsk|r8|lin_api|figd|ntn|rubygems|sntrys|nvapi|tskey|PMAK)[_-]"
    r"(?=[A-Za-z_-]{0,40}\d)[A-Za-z0-9_-]{28,250}+"
    r"|[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}"
    r"|\d{6}(?:-\d{6}){7}"
    r"|(?:bot)?\d{8,10}:AA[A-Za-z0-9_-]{30,36}|AGE-SECRET-KEY-1[A-Z0-9]{40,80}+"
    r")(?![A-Za-z0-9_])"
)
"""AWS, GitHub, GitLab, Slack, Stripe, Google, OpenAI and kin, npm, PyPI, SendGrid, DigitalOcean, Vault, JWT (RFC 7519),
others; product keys of five groups, BitLocker's recovery keys, Telegram, age; I, l and 1 as a reader of pictures
confuses them, and blanks for underscores."""
_PRIVATE_KEY = re.compile(
    r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?P<value>.*?)"
    r"(?:-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|\Z)",
    re.DOTALL,
)
_PUTTY = re.compile(r"\bPrivate-Lines: \d{1,4}(?P<value>(?:\r?\n[ >]{0,8}[A-Za-z0-9+/=]{1,100}+(?=\s|\Z)){1,200}+)")
_HASHED = re.compile(
    r"(?<![\w$])\$(?:[1567y]|gy|apr1|2[abxy]|argon2(?:id?|d)|scrypt|md5|sha1|pbkdf2[\w-]{0,10})\$"
    r"(?=[./A-Za-z0-9=,+-]{0,60}+\$|\w\w\$)[./A-Za-z0-9=,+$-]{16,300}+"
    r"|(?<=:)[0-9A-Fa-f]{32}:[0-9A-Fa-f]{32}(?=:::)"
)
"""A password as systems keep it (crypt(3), Windows' two hashes); weak ones can be guessed from it."""
_IN_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])LS0tLS1CRUdJTi[A-Za-z0-9+/=]{20,20000}+")
"""`-----BEGIN `, of a certificate too."""
_HEAD = 64


def issued(text: str) -> Iterator[Found]:
    """Keys and tokens by their form."""
    for match in _ISSUED.finditer(text):
        yield Found(match.start(), match.end(), SecretKind.TOKEN if match[0].startswith("eyJ") else SecretKind.KEY)
    for match in _HASHED.finditer(text):
        yield Found(match.start(), match.end(), SecretKind.PASSWORD)
    for match in _IN_BASE64.finditer(text):
        if b"PRIVATE KEY" in b64decode(match[0][:_HEAD]):
            yield Found(match.start(), match.start() + len(match[0].rstrip()), SecretKind.KEY)


def private_keys(text: str) -> Iterator[Found]:
    """What stands between the lines of a private key in text form (RFC 7468), and such keys of PuTTY."""
    for match in (*_PRIVATE_KEY.finditer(text), *_PUTTY.finditer(text)):
        if match["value"].strip() and not is_masked(match["value"].strip()):
            yield Found(match.start("value"), match.end("value"), SecretKind.KEY)
