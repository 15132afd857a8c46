"""Plain words behind `the password is`: the password itself, or how it is.

Told by the endings that words for a state have in English, German, Dutch, French and Spanish; what has none of them is
listed. A word counts where the sentence ends with it or goes on with *and*.
"""

import re
from collections.abc import Iterator

from desktop.capture.redact.labels import PASSWORDS
from desktop.capture.redact.near import matches_near
from desktop.capture.redact.plausible import is_masked, is_said_of_passwords, is_unlike_a_word
from desktop.capture.redact.secret import Found, SecretKind

_STATE = re.compile(
    r"\w{2,}ed|\w{4,}ing|\w{2,}[ai]ble|\w{3,}ive|\w+(?:at|is)ory|\w{4,}ary|\w{3,}(?<!ph)ant|\w{3,}ent|\w{2,}ous"
    r"|\w{3,}ful|\w{3,}less|\w{2,}(?<!f)ly|\w+(?:i|ic|on|rn|rm|qu|in|u|g|c)al|\w{4,}ic"
    r"|(?:ab|an|auf|aus|be|ein|ent|er|ge|her|hinter|mis|mit|ont|nach|um|ver|vor|wieder|zer|zu|zurück|über|un\w*)\w{2,}(?:t|en|d)"
    r"|\w{2,}(?:bar|ig|lich|isch|haft|los|sam|end|iert|iv|voll|frei|ell)|\w+(?:ung|heit|keit|pflicht|schaft)"
    r"|\w+(?<!it)(?<!ert)(?<!ant)ée?s?|\w+(?:ique|oire|aire|if|eux|euse|ide|rect|recte|elle?)"
    r"|\w{2,}(?:ad[oa]|id[oa]|ori[oa]|iv[oa]|[ae]nte|ct[oa]|ari[oa])",
    re.IGNORECASE,
)
_STATES = frozenset(
    """
    set unset sent lost kept known unknown shown hidden forgotten written broken stolen chosen given taken open stored
    held gone there here below above next first last mine yours his hers theirs ours what why how who me you us
    good bad safe unsafe right fine new old own long short big small hard easy simple complex plain plaintext cleartext
    uppercase lowercase readonly common similar unique corrupt obsolete complete incomplete private secret basic
    forbidden due overdue stale fresh clear unclear unfit unhealthy dummy tricky ready live dead expire back up down
    off on out fake real true high low full half enough history case standard crap rubbish
    gut schlecht alt neu lang kurz sicher unsicher klar egal da weg drin fort hier dort gleich voll geheim privat
    einfach simpel komplex offen frei tot blöd doof unten oben folgendes pflicht voraussetzung mist quatsch unsinn
    nötig fällig aktuell dasselbe derselbe meins deins ihres
    court courte long longue faible fort forte vide bon bonne mauvais mauvaise faux fausse nul nulle sûr juste perdu
    connu inconnu valide secret simple complexe compromis ici là nouveau nouvelle ancien périmé exact trop très
    débil corta corto larga largo segura seguro insegura nueva nuevo vieja mala malo buena bueno igual fácil difícil
    errónea erróneo falsa única fuerte secreta sospechosa sospechoso peligrosa muy demasiado
    fout verkeerd leeg kort lang goed slecht zwak sterk nieuw oud te
    """.split()  # noqa: SIM905  (strings in a row are harder to read)
)
_NOUNS = frozenset(
    """
    speed seed weed bleed greed hundred fred alfred manfred winifred morning evening lightning wedding darling
    duckling starling pudding dumpling building sterling swimming fishing vegetable constable family italy lily jelly
    billy kelly molly sally belly holly july emily beverly kimberly infant servant merchant restaurant pheasant
    cormorant president student parent client talent accident serpent trident crescent vincent cement parliament
    regiment monument instrument apartment basement ointment native detective locomotive february january library
    rosemary dictionary cardinal journal titanic atlantic arctic picnic mosaic garlic fabric ceramic traffic dominic
    cosmic wireless abend feierabend sonnabend legend weekend friend boyfriend girlfriend jugend gegend tugend könig
    honig käfig essig pfennig ludwig hedwig zwanzig dreißig nachbar minibar herbst gespenst gewicht gesicht gebet
    gedicht geschäft geburt geist erdgeist geduld gewalt erdbeeren umwelt verstand versand verband vergissmeinnicht
    mitternacht anwalt bergen becken aufwind auswind ernst hoffnung achtung zeitung ordnung heizung wohnung landung
    leitung umleitung übung festung freiheit gesundheit wahrheit schönheit einheit freundschaft landschaft mannschaft
    botschaft eigenschaft unkraut zukunft zunft vorort musée poupée bébé café canapé fusée marée année orchidée dragée
    allée vallée andrée désirée musique boutique afrique physique amérique mexique histoire victoire mémoire ivoire
    armoire grégoire grammaire anniversaire dictionnaire gazelle hirondelle isabelle mirabelle tourterelle chapelle
    étincelle dentelle gabrielle michelle helado soldado mercado abogado pescado bienvenida bienvenido comida florida
    salida bebida granada espada estado partido marido vestido apellido avenida cascada ensalada llamada almohada
    oliva perspectiva serpiente presidente puente fuente oriente cliente paciente diente elefante gigante diamante
    estudiante restaurante cantante amante guante insecto efecto arquitecto proyecto canario diario rosario calendario
    escenario acuario
    """.split()  # noqa: SIM905  (strings in a row are harder to read)
)
"""What ends as words for a state do and is none: such words are chosen for passwords."""
_ENDS = re.compile(r"[.!;,)]{0,2}(?:[ \t]{0,9}(?:\r?\n|\Z)|(?<=[.!;,)])[ \t]|[ \t]{1,9}(?:and|und|et|y|en)[ \t])")
_LEAST = 3
_VALUE = r"(?=[^\s\d]{0,40}\d)(?=[^\sa-z]{0,40}[a-z])[^\s\"'.,;:()]{5,60}[^\s\"'.,;:()]"
_TURNED = re.compile(
    rf"(?<![^\s\"'(])(?P<first>{_VALUE})[\"']?[ ](?:(?:is|was|ist|war|est|es)[ ](?:my|mein|mon|mi|the|das|le|la)"
    rf"|as(?:[ ](?:my|the))?|als)[ ](?:(?:old|new|altes|neues)[ ])?{PASSWORDS}"
    r"(?=[ ]?[.,;!?)\r\n]|[ ]?\Z|[ ](?:and|und|but|aber)\b)"
    rf"|{PASSWORDS}[ ](?:(?:was|wurde|ist)[ ])?(?:changed[ ])?(?:from|von)[ ](?P<old>{_VALUE})"
    rf"(?:[ ](?:to|auf|in)[ ](?P<new>{_VALUE}))?",
    re.IGNORECASE,
)
"""`Summer24 is my password`; `password changed from Summer24 to Winter25`."""
_NAMES = ("pass", "pwd", "pw", "kennwort", "mot", "contrase", "clave")


def told_in_turn(text: str) -> Iterator[Found]:
    """Passwords that stand before the word, and the old and the new one; none is a plain word."""
    for match in matches_near(_TURNED, text, _NAMES, 90, 200):
        for group, value in match.groupdict().items():
            if value and is_unlike_a_word(value) and not is_masked(value):
                yield Found(match.start(group), match.end(group), SecretKind.PASSWORD)


def is_told_by_itself(text: str, start: int, end: int) -> bool:
    """Whether the plain word there, behind `the password is`, is the password: `swordfish`, not `expired`."""
    word = text[start:end].rstrip(".,;!)")
    if not word.isalpha() or len(word) < _LEAST or not _ENDS.match(text, start + len(word)):
        return False
    return not (is_said_of_passwords(word) or is_state(word))


def is_state(word: str) -> bool:
    """Whether a word says how something is: `expired`, `abgelaufen`, `bloqueada`."""
    small = word.lower()
    return small in _STATES or (small not in _NOUNS and _STATE.fullmatch(word) is not None)
