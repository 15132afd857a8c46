"""Messages of a few words without a verb or an article, whole lines in small letters: `invalid network address`.

What says that something is wrong counts by itself where people do not use it so, else with a thing of a computer.
"""

_BEGIN, _END = r"^[^\w\n]{0,4}(?:error[:,] )?", r"[ \t]*[.!]?[ \t]*$"
_WORDS = (
    r"(?:(?!(?:for|of|in|on|at|to|from|with|and|or|the|an?|is|are|will|be|can|no|der|die|das|von|für|und|de|du|pour"
    r"|et|el|la|para|y)\b)[\w'’/-]{1,24} ){0,%d}?"
)
"""Further words of a name."""
_NAME = r"(?:[\w'’/-]{1,24} ){0,%d}?"
"""The same where names are made with `de` and `la`."""
_THING = (
    r"(?:api|attributes?|authentication|authority|binding|block|buffer|certificate|checksum|client|code page"
    r"|command|command line|configuration|connection|controller|credentials?|data|database|descriptor|device|dialog"
    r"|directory|disk|dll|domain|domain controller|drive|driver|endpoint|environment|event log|extension|file"
    r"|filename|file ?name|file ?system|file type|function|handle|header|host|index|input|installation|installer"
    r"|instruction|interface|ip|job|keyword|library|license|logon|login|mailbox|mapping|memory|method|module"
    r"|network|object|operation|operator|package|packet|parameter|partition|password|path|pipe|pixel format|plugin"
    r"|pointer|port|printer|priority|process|procedure|profile|protocol|proxy|queue|registry|resource|route|rpc"
    r"|schema|script|segment|semaphore|separator|session|shared folder|signature|socket|spool|stack|storage|stub"
    r"|syntax|system|thread|token|transaction|transform|transport|url|user ?name|variable|volume|workstation)s?"
)
_WEAK = (
    r"(?:address|application|argument|array|call|channel|class|control|entry|form|format|group|journal|key|link"
    r"|list|media|member|message|mount|name|option|page|patch|permission|product|program|property|query|record"
    r"|reference|reply|request|response|revision|sector|seek|server|service|share|size|state|status|stream"
    r"|structure|style|subnet|symbol|table|tag|tape|time ?out|type|unit|user|value|version|window)"
)
"""What people have and do without a computer too."""
_SAID = (
    r"(?:not (?:found|supported|implemented|installed|granted|registered|initiali[sz]ed|available|allowed|permitted"
    r"|defined|recogni[sz]ed|connected|loaded|mounted|valid|specified|authori[sz]ed|accessible|completed?|ready"
    r"|writable|formatted|started|logged on|responding|enough)|already (?:exists|running|open|in use|initiali[sz]ed"
    r"|registered|locked|mounted|defined|assigned|connected)|corrupt|corrupted|unavailable|unreachable|denied"
    r"|rejected|aborted|failed|busy|in use|exceeded|locked|closed unexpectedly|missing|expired|invalid|full"
    r"|suspended|does not exist|can['’]t start|deleted unexpectedly|overflow|fault|conflict|error|mismatch"
    r"|out of range|refused|timed out|too (?:long|large|complex|small|big)|violation|collision|failure|inconsistent)"
)
_ENGLISH = (
    rf"{_BEGIN}(?:invalid|unsupported|malformed|unrecogni[sz]ed) {_WORDS % 3}[\w'’/-]{{2,24}}(?: (?:in|for|at|of"
    rf"|on) \S{{1,60}})?{_END}",
    rf"{_BEGIN}(?:bad|unknown|incorrect|wrong|duplicate|illegal|missing|unexpected|undefined|corrupt(?:ed)?"
    rf"|conflicting) {_WORDS % 3}{_THING}{_END}",
    rf"{_BEGIN}(?:the )?{_WORDS % 3}{_THING} {_WORDS % 2}(?:is |are |was |were |has |could |cannot be |wasn['’]t "
    rf"|isn['’]t )?{_SAID}{_END}",
    rf"{_BEGIN}{_WORDS % 2}{_WEAK} (?:is |was )?(?:not (?:found|supported|registered|implemented|initiali[sz]ed"
    rf"|defined)|already (?:exists|registered|assigned|mapped)|does not exist|invalid|out of range|timed out"
    rf"|mismatch|overflow){_END}",
    rf"{_BEGIN}(?:no (?:more |such )|no |too many |not enough |out of ){_WORDS % 3}{_THING}(?: (?:available|found"
    rf"|left|free|requested|specified|registered))?{_END}",
    rf"{_BEGIN}(?:not (?:implemented|supported|enough memory|a valid \w{{2,12}})|out of memory|buffer overflow"
    rf"|access (?:is"
    r" )?denied|i/o device error|request (?:aborted|timed out)|already initiali[sz]ed|operation (?:aborted"
    r"|cancell?ed by"
    rf" the \w{{2,10}}))(?: {_WORDS % 2}\w{{2,20}})?{_END}",
)
_DING = (
    r"(?:\w{0,30}(?:dienst|server|host|datei|pfad|adresse|gerät|treiber|laufwerk|festplatte|datenträger|konto"
    r"|account|kennwort|passwort|gruppe|benutzer|domäne|netzwerk|verbindung|schlüssel|registrierung|datenbank"
    r"|prozess|thread|modul|bibliothek|klasse|objekt|handle|token|pipe|port|protokoll|paket|anfrage|anforderung"
    r"|befehl|parameter|argument|wert|index|version|revision|format|typ|syntax|signatur|zertifikat|lizenz|sitzung"
    r"|speicher|puffer|liste|name|formular|drucker|hotkey|eigenschaft|ressource|funktion|vorgang|zugriff|aufruf"
    r"|konfiguration|installation|zustand|status|länge|größe|eintrag|element|dateisystem|partition|sektor|anmeldung"
    r"|login)(?:s|es|n|en|e)?)"
)
_GERMAN = (
    rf"{_BEGIN}(?:ungültige|nicht unterstützte|unzulässige)[rsnm]? {_WORDS % 3}[\w-]{{3,40}}(?: (?:für|in|bei"
    rf"|von) \S{{1,60}})?{_END}",
    rf"{_BEGIN}(?:fehlerhafte|unbekannte|falsche|doppelte|fehlende|beschädigte"
    rf"|unerwartete)[rsnm]? {_WORDS % 2}{_DING}{_END}",
    rf"{_BEGIN}{_WORDS % 3}{_DING}(?:[ -][\w-]{{2,30}}){{0,2}}? (?:ist |wurde |konnte )?(?:nicht (?:gefunden"
    rf"|registriert|unterstützt"
    r"|erlaubt|implementiert|verbunden|verfügbar|akzeptiert|zulässig|gestartet|installiert|erreichbar|initialisiert"
    r"|lesbar|bereit)|ungültig|gesperrt|abgelaufen|abgelehnt|verweigert|fehlgeschlagen|beschädigt|überschritten"
    r"|belegt|unbekannt"
    rf"|erschöpft|zu (?:lang|groß|klein)|bereits vorhanden)(?: werden)?{_END}",
    rf"{_BEGIN}(?:keine? (?:weiteren |solche[rsn]? |derartige[rsn]? )?|zu viele |nicht genug "
    rf"|nicht genügend ){_WORDS % 2}{_DING}(?: (?:verfügbar|gefunden|vorhanden))?{_END}",
    rf"{_BEGIN}{_WORDS % 2}\w{{0,20}}(?:disketten|druck|netzwerk|lese|logon|anmelde|protokoll|geräte|server"
    rf"|verbindungs|datei|system|hardware|installations|zugriffs|speicher|datenträger)-?(?:fehler|verletzung){_END}",
)
_CHOSE = (
    r"(?:adresse|appel|application|argument|attributs?|base de données|bibliothèque|classe|clé|commande|compte"
    r"|configuration|connexion|contrôleur|délai|demande|descripteur|disque|données|domaine|élément|entrée"
    r"|environnement|fichier|fonction|format|groupe|hôte|identifiant|index|interface|jeton|lecteur|liaison|licence"
    r"|mémoire|message|module|mot de passe|nom|objet|opération|paquet|paramètre|périphérique|pilote|poste|procédure"
    r"|processus|protocole|quota|registre|requête|réseau|ressource|sémaphore|serveur|service|session|signature"
    r"|syntaxe|système|table|type|utilisateur|valeur|version|volume)s?"
)
_FRENCH = (
    rf"{_BEGIN}{_NAME % 6}[\w'’-]{{2,24}} (?:invalide|non valide|non prise? en charge|non autorisée?"
    rf"|corrompue?)s?{_END}",
    rf"{_BEGIN}{_NAME % 4}{_CHOSE} {_NAME % 4}(?:introuvable|inconnue?|incorrecte?|erronée?|insuffisante?"
    rf"|non (?:trouvée?|acceptée?|spécifiée?|installée?)|déjà (?:utilisée?|ouverte?|existante?)|refusée?|dépassée?"
    rf"|épuisée?|trop (?:longue?|grande?|petite?)|interrompue?|abandonnée?|expirée?|saturée?)s?{_END}",
    rf"{_BEGIN}erreur (?:réseau|système|interne|inattendue|inconnue|de (?:protocole|lecture|connexion|disque"
    rf"|mémoire|syntaxe)|d['’](?:écriture|authentification|accès))(?: [\w'’-]{{1,24}}){{0,6}}{_END}"
    rf"|{_BEGIN}échec (?:du|de la|de l['’]|de|d['’]) ?{_NAME % 3}{_CHOSE}{_END}|{_BEGIN}(?:mauvaise?|trop de"
    rf"|aucune?|pas assez de) {_NAME % 3}{_CHOSE}{_END}",
    rf"{_BEGIN}(?:le |la |l['’]|les ){_CHOSE} {_NAME % 3}(?:n['’]existe(?:nt)? pas|est (?:vide|déjà)|contient des)\b",
)
_COSA = (
    r"(?:archivo|fichero|dirección|red|nombre|servicio|servidor|clave|registro|valor|versión|paquete|memoria"
    r"|usuario|contraseña|dominio|grupo|recurso|dispositivo|disco|volumen|unidad|controlador|formato|índice"
    r"|parámetro|argumento|comando|enlace|protocolo|sesión|petición|solicitud|operación|objeto|tipo|módulo|proceso"
    r"|función|descriptor|sintaxis|identificador|id|punto final|biblioteca|base de datos|conexión|licencia"
    r"|certificado|estado|revisión|miembro)(?:s|es)?"
)
_SPANISH = (
    rf"{_BEGIN}{_NAME % 6}[\w-]{{2,24}} (?:no )?(?:inválid|válid|errónea?o?|no admitid|no soportad"
    rf"|corrupt)[oa]?s?(?<! válido)(?<! válida){_END}|{_BEGIN}{_NAME % 6}[\w-]{{2,24}} no válid[oa]s?{_END}",
    rf"{_BEGIN}(?:el |la )?{_NAME % 3}{_COSA} {_NAME % 4}(?:(?:es|está|ha sido) )?(?:incorrect|desconocid|duplicad"
    rf"|no encontrad|agotad|rechazad|bloquead|inconsistente|inválid|dañad|denegad|interrumpid)[oa]?s?{_END}",
    rf"{_BEGIN}no se (?:pudo|puede|pudieron|ha podido|han podido|ha reconocido|ha encontrado) (?:\w{{3,20}} )?(?:el"
    rf"|la|los|las) {_NAME % 2}{_COSA}\b",
    rf"{_BEGIN}error (?:de|en|al|del) (?:la |el )?{_NAME % 3}\w{{3,24}}{_END}"
    rf"|{_BEGIN}no hay (?:más )?{_NAME % 2}{_COSA}(?: disponibles?)?{_END}",
)

TELEGRAMS = (*_ENGLISH, *_GERMAN, *_FRENCH, *_SPANISH)
"""Of lines up to `LONGEST` characters."""
LONGEST = 100
