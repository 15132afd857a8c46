"""Messages of a few words without a verb or an article, whole lines in small letters: `invalid network address`.

What says that something is wrong counts by itself where people do not use it so, else with a thing of a computer.
"""

_BEGIN, _END = r"^[^\w\n]{0,4}(?:error[:,] )?", r"[ \t]*[.!]?[ \t]*$"
_WORDS = (
    r"(?:(?!(?:for|of|in|on|at|to|from|with|and|or|the|an?|is|are|will|be|can|no|der|die|das|von|für|und|de|du|pour"
    r"|et|el"
    r"|la|para|y)\b)[\w'’/-]{1,24} ){0,%d}?"
)
"""Further words of a name."""
_NAME = r"(?:[\w'’/-]{1,24} ){0,%d}?"
"""The same where names are made with `de` and `la`."""
_THING = (
    r"(?:api|attributes?|authentication|authority|binding|block|buffer|certificate|checksum|client|code page|command"
    r"|command line|configuration|connection|controller|credentials?|data|database|descriptor|device|dialog"
    r"|directory|disk|dll|domain|domain controller|drive|driver|endpoint|environment|event log|extension|file"
    r"|filename|file ?name|file ?system|file type|function|handle|header|host|index|input|installation|installer"
    r"|instruction|interface|ip|job|keyword|library|license|logon|login|mailbox|mapping|memory|method|module|network"
    r"|object|operation|operator|package|packet|parameter|partition|password|path|pipe|pixel format|plugin|pointer"
    r"|port|printer|priority|process|procedure|profile|protocol|proxy|queue|registry|resource|route|rpc|schema"
    r"|script|segment|semaphore|separator|session|shared folder|signature|socket|spool|stack|storage|stub|syntax"
    r"|system|thread|token|transaction|transform|transport|url|user ?name|variable|volume|workstation)s?"
)
_WEAK = (
    r"(?:address|application|argument|array|call|channel|class|control|entry|form|format|group|journal|key|link|list"
    r"|media|member|message|mount|name|option|page|patch|permission|product|program|property|query|record|reference"
    r"|reply|request|response|revision|sector|seek|server|service|share|size|state|status|stream|structure|style"
    r"|subnet|symbol|table|tag|tape|time ?out|type|unit|user|value|version|window)"
)
"""What people have and do without a computer too."""
_SAID = (
    r"(?:not (?:found|supported|implemented|installed|granted|registered|initiali[sz]ed|available|allowed|permitted"
    r"|defined"
    r"|recogni[sz]ed|connected|loaded|mounted|valid|specified|authori[sz]ed|accessible|completed?|ready|writable"
    r"|formatted"
    r"|started|logged on|responding|enough)"
    r"|already (?:exists|running|open|in use|initiali[sz]ed|registered|locked|mounted|defined|assigned|connected)"
    r"|corrupt"
    r"|corrupted|unavailable|unreachable|denied|rejected|aborted|failed|busy|in use|exceeded|locked|closed unexpectedly"
    r"|missing|expired|invalid|full|suspended|does not exist|can['’]t start|deleted unexpectedly|overflow|fault"
    r"|conflict|error|mismatch|out of range|refused|timed out|too (?:long|large|complex|small|big)"
    r"|violation|collision|failure|inconsistent)"
)
_ENGLISH = (
    rf"{_BEGIN}(?:invalid|unsupported|malformed|unrecogni[sz]ed) {_WORDS % 3}[\w'’/-]{{2,24}}(?: (?:in|for|at|of"
    rf"|on) \S{{1,60}})?"
    rf"{_END}",
    rf"{_BEGIN}(?:bad|unknown|incorrect|wrong|duplicate|illegal|missing|unexpected|undefined|corrupt(?:ed)?"
    rf"|conflicting)"
    rf" {_WORDS % 3}{_THING}{_END}",
    rf"{_BEGIN}(?:the )?{_WORDS % 3}{_THING} {_WORDS % 2}(?:is |are |was |were |has |could |cannot be |wasn['’]t "
    rf"|isn['’]t )?"
    rf"{_SAID}{_END}",
    rf"{_BEGIN}{_WORDS % 2}{_WEAK} (?:is |was )?(?:not (?:found|supported|registered|implemented|initiali[sz]ed"
    rf"|defined)"
    rf"|already (?:exists|registered|assigned|mapped)|does not exist|invalid|out of range|timed out|mismatch"
    rf"|overflow){_END}",
    rf"{_BEGIN}(?:no (?:more |such )|no |too many |not enough |out of ){_WORDS % 3}{_THING}(?: (?:available|found"
    rf"|left|free"
    rf"|requested|specified|registered))?{_END}",
    rf"{_BEGIN}(?:not (?:implemented|supported|enough memory|a valid \w{{2,12}})|out of memory|buffer overflow"
    rf"|access (?:is"
    r" )?denied|i/o device error|request (?:aborted|timed out)|already initiali[sz]ed|operation (?:aborted"
    r"|cancell?ed by"
    rf" the \w{{2,10}}))(?: {_WORDS % 2}\w{{2,20}})?{_END}",
)
_DING = (
    r"(?:\w{0,30}(?:dienst|server|host|datei|pfad|adresse|gerät|treiber|laufwerk|festplatte|datenträger|konto"
    r"|account|kennwort"
    r"|passwort|gruppe|benutzer|domäne|netzwerk|verbindung|schlüssel|registrierung|datenbank|prozess|thread|modul"
    r"|bibliothek"
    r"|klasse|objekt|handle|token|pipe|port|protokoll|paket|anfrage|anforderung|befehl|parameter|argument|wert|index"
    r"|version"
    r"|revision|format|typ|syntax|signatur|zertifikat|lizenz|sitzung|speicher|puffer|liste|name|formular|drucker|hotkey"
    r"|eigenschaft|ressource|funktion|vorgang|zugriff|aufruf|konfiguration|installation|zustand|status|länge|größe"
    r"|eintrag"
    r"|element|dateisystem|partition|sektor|anmeldung|login)(?:s|es|n|en|e)?)"
)
_GERMAN = (
    rf"{_BEGIN}(?:ungültige|nicht unterstützte|unzulässige)[rsnm]? {_WORDS % 3}[\w-]{{3,40}}(?: (?:für|in|bei"
    rf"|von) \S{{1,60}})?{_END}",
    rf"{_BEGIN}(?:fehlerhafte|unbekannte|falsche|doppelte|fehlende|beschädigte"
    rf"|unerwartete)[rsnm]? {_WORDS % 2}{_DING}{_END}",
    rf"{_BEGIN}{_WORDS % 3}{_DING}(?:[ -][\w-]{{2,30}}){{0,2}}? (?:ist |wurde |konnte )?(?:nicht (?:gefunden"
    rf"|registriert|unterstützt"
    r"|erlaubt|implementiert|verbunden|verfügbar|akzeptiert|zulässig|gestartet|installiert|erreichbar|initialisiert"
    r"|lesbar"
    r"|bereit)|ungültig|gesperrt|abgelaufen|abgelehnt|verweigert|fehlgeschlagen|beschädigt|überschritten|belegt"
    r"|unbekannt"
    rf"|erschöpft|zu (?:lang|groß|klein)|bereits vorhanden)(?: werden)?{_END}",
    rf"{_BEGIN}(?:keine? (?:weiteren |solche[rsn]? |derartige[rsn]? )?|zu viele |nicht genug "
    rf"|nicht genügend ){_WORDS % 2}{_DING}"
    rf"(?: (?:verfügbar|gefunden|vorhanden))?{_END}",
    rf"{_BEGIN}{_WORDS % 2}\w{{0,20}}(?:disketten|druck|netzwerk|lese|logon|anmelde|protokoll|geräte|server"
    rf"|verbindungs|datei"
    rf"|system|hardware|installations|zugriffs|speicher|datenträger)-?(?:fehler|verletzung){_END}",
)
_CHOSE = (
    r"(?:adresse|appel|application|argument|attributs?|base de données|bibliothèque|classe|clé|commande|compte"
    r"|configuration"
    r"|connexion|contrôleur|délai|demande|descripteur|disque|données|domaine|élément|entrée|environnement|fichier"
    r"|fonction"
    r"|format|groupe|hôte|identifiant|index|interface|jeton|lecteur|liaison|licence|mémoire|message|module"
    r"|mot de passe|nom"
    r"|objet|opération|paquet|paramètre|périphérique|pilote|poste|procédure|processus|protocole|quota|registre"
    r"|requête|réseau"
    r"|ressource|sémaphore|serveur|service|session|signature|syntaxe|système|table|type|utilisateur|valeur|version"
    r"|volume)s?"
)
_FRENCH = (
    rf"{_BEGIN}{_NAME % 6}[\w'’-]{{2,24}} (?:invalide|non valide|non prise? en charge|non autorisée?"
    rf"|corrompue?)s?{_END}",
    rf"{_BEGIN}{_NAME % 4}{_CHOSE} {_NAME % 4}(?:introuvable|inconnue?|incorrecte?|erronée?|insuffisante?"
    rf"|non (?:trouvée?|acceptée?|spécifiée?"
    rf"|installée?)|déjà (?:utilisée?|ouverte?|existante?)|refusée?|dépassée?|épuisée?|trop (?:longue?|grande?|petite?)"
    rf"|interrompue?|abandonnée?|expirée?|saturée?)s?{_END}",
    rf"{_BEGIN}erreur (?:réseau|système|interne|inattendue|inconnue|de (?:protocole|lecture|connexion|disque|mémoire"
    rf"|syntaxe)"
    rf"|d['’](?:écriture|authentification|accès))(?: [\w'’-]{{1,24}}){{0,6}}{_END}"
    rf"|{_BEGIN}échec (?:du|de la|de l['’]|de|d['’]) ?{_NAME % 3}{_CHOSE}{_END}|{_BEGIN}(?:mauvaise?|trop de"
    rf"|aucune?|pas assez de) {_NAME % 3}{_CHOSE}{_END}",
    rf"{_BEGIN}(?:le |la |l['’]|les ){_CHOSE} {_NAME % 3}(?:n['’]existe(?:nt)? pas|est (?:vide|déjà)|contient des)\b",
)
_COSA = (
    r"(?:archivo|fichero|dirección|red|nombre|servicio|servidor|clave|registro|valor|versión|paquete|memoria|usuario"
    r"|contraseña|dominio|grupo|recurso|dispositivo|disco|volumen|unidad|controlador|formato|índice|parámetro|argumento"
    r"|comando|enlace|protocolo|sesión|petición|solicitud|operación|objeto|tipo|módulo|proceso|función|descriptor"
    r"|sintaxis"
    r"|identificador|id|punto final|biblioteca|base de datos|conexión|licencia|certificado|estado|revisión"
    r"|miembro)(?:s|es)?"
)
_SPANISH = (
    rf"{_BEGIN}{_NAME % 6}[\w-]{{2,24}} (?:no )?(?:inválid|válid|errónea?o?|no admitid|no soportad"
    rf"|corrupt)[oa]?s?(?<! válido)"
    rf"(?<! válida){_END}|{_BEGIN}{_NAME % 6}[\w-]{{2,24}} no válid[oa]s?{_END}",
    rf"{_BEGIN}(?:el |la )?{_NAME % 3}{_COSA} {_NAME % 4}(?:(?:es|está|ha sido) )?(?:incorrect|desconocid|duplicad"
    rf"|no encontrad"
    rf"|agotad|rechazad|bloquead|inconsistente|inválid|dañad|denegad|interrumpid)[oa]?s?{_END}",
    rf"{_BEGIN}no se (?:pudo|puede|pudieron|ha podido|han podido|ha reconocido|ha encontrado) (?:\w{{3,20}} )?(?:el"
    rf"|la|los|las)"
    rf" {_NAME % 2}{_COSA}\b",
    rf"{_BEGIN}error (?:de|en|al|del) (?:la |el )?{_NAME % 3}\w{{3,24}}{_END}"
    rf"|{_BEGIN}no hay (?:más )?{_NAME % 2}{_COSA}"
    rf"(?: disponibles?)?{_END}",
)

TELEGRAMS = (*_ENGLISH, *_GERMAN, *_FRENCH, *_SPANISH)
"""Of lines up to `LONGEST` characters."""
LONGEST = 100
