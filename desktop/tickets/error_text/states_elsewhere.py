"""Sentences of programs about the state of a thing, in other languages than English; in small letters."""

_END = r"(?=[ \t]*(?:$|[.,:;!('\"”)]| (?:because|due to|or|and|weil|da|car|porque)\b))"

_TEIL = (
    r"(?:drucker(?:spooler|treiber)?|druckwarteschlange|treiber|scanner|festplatte|datenträger|laufwerk"
    r"|netzlaufwerk|netzwerk|(?:netzwerk)?(?:kennwort|passwort)|benutzername|anmeldedaten|anmeldeinformationen"
    r"|zertifikat|server|datenbank|toner|patrone|tonerkartusche|papierfach|mikrofon|kamera|usb-gerät|postfach"
    r"|arbeitsmappe|dateiformat|dateiname|dateityp|dateierweiterung|formel|syntax|lizenzserver|proxyserver"
    r"|betriebssystem|add-in|makro|router|anwendung|webseite|website|buchungsperiode|buchungskreis|kostenstelle"
    r"|transaktion|beleg|stammsatz|druckauftrag|lizenz|domäne|benutzerkonto|dienst|remotecomputer|gerätetreiber"
    r"|programm|datei)(?:s|es|n|en|e)?"
)
_FALSCH = (
    r"(?:nicht (?:verfügbar|bereit|gültig|korrekt|erreichbar|verbunden|angeschlossen|geöffnet|installiert"
    r"|unterstützt|erkannt|aktiviert|zulässig|kompatibel|ausgeführt|gefunden|registriert|lizenziert|gepflegt"
    r"|vorgesehen)|ungültig|falsch|fehlerhaft|beschädigt|defekt|offline|ausgelastet|belegt|schreibgeschützt"
    r"|gesperrt|deaktiviert|blockiert|voll|leer|fast leer|unbekannt|abgelaufen|inkompatibel|veraltet|zu lang"
    r"|zu groß)"
)
GERMAN = (
    rf"\b{_TEIL}(?: [^\s.!?]{{1,40}}){{0,3}}? (?:kann|können|konnten?) nicht (?:\w{{2,20}} ){{0,2}}?(?!geliefert"
    rf"|bezahlt|gekauft|bestellt|verkauft|abgeholt|repariert)\w{{3,20}}(?:t|en) werden{_END}",
    rf"\b{_TEIL}(?: [^\s.!?]{{1,40}}){{0,4}}? (?:ist|sind|wurde|wurden|wird|war) (?:zurzeit |derzeit "
    rf"|möglicherweise |bereits )?{_FALSCH}{_END}",
    rf"\b(?:angegebene|angeforderte|ausgewählte|gewünschte)[nrs]? \w{{3,40}} (?:ist|sind|wurde|existiert"
    rf"|kann)(?: \w{{2,20}}){{0,2}}? (?:{_FALSCH}|nicht|nicht mehr){_END}",
    rf"\b(?:wird|ist|wurde) (?:von|durch) (?:benutzer|einem|einer|dem|ihrem"
    rf"|ihrer) (?:\w{{2,20}} ){{0,2}}?(?:\w{{2,20}} )?(?:gesperrt|verwendet|blockiert|bearbeitet){_END}",
    rf"\bda (?:die|der|das|ihr|ihre) {_TEIL}\b.{{0,60}}(?:ungültig|geöffnet|verwendet|beschädigt|gesperrt|abgelaufen"
    r"|nicht)\b.{0,12}(?:ist|sind|wird|wurde)\b",
    r"\bkeine (?:ausreichenden|erforderlichen|entsprechenden) (?:berechtigungen|rechte)\b|\bkeine sichere verbindung\b"
    r"|\bnicht genügend (?:freier |freien )?(?:speicherplatz|speicher|arbeitsspeicher|platz auf)\b",
    rf"\b{_TEIL} (?:reagiert|antwortet|funktioniert|startet) nicht(?: mehr)?{_END}",
    r"^\W{0,4}keine? (?:netzwerk|netz|drucker|kamera|mikrofon|gerät|geräte|internet|internetverbindung|verbindung"
    r"|treiber|signal|lizenz|datenträger|wlan|bootfähiges medium|audiogerät)(?: \w{2,20})?(?: (?:gefunden|verfügbar"
    r"|angeschlossen"
    rf"|erkannt|installiert|vorhanden|hergestellt))?{_END}",
    rf"\b(?:windows|word|excel|outlook|teams|der remotedesktop|das programm|die anwendung) (?:kann|konnte|ist"
    rf"|hat)\b.{{1,80}}\b(?:nicht|keine|ein problem|einen fehler)\b.{{0,40}}(?:öffnen|herstellen|starten|finden"
    rf"|speichern|laden|anmelden|festgestellt|gefunden|verbinden|zugreifen|einrichten|abrufen|senden){_END}",
    r"\bohne (?:vorheriges )?ordnungsgemäßes herunterfahren\b",
)

_PIECE = (
    r"(?:imprimante|fichier|pilote|disque|serveur|lecteur|réseau|certificat|mot de passe|nom d['’]utilisateur"
    r"|identifiants?|périphérique|appareil photo|caméra|microphone|connexion|site|base de données|clé|port|adresse"
    r"|ordinateur|toner|cartouche|licence|opération|application|message|page web|lien|format)s?"
)
FRENCH = (
    rf"\b{_PIECE}\b(?: [^\s.!?]{{1,30}}){{0,6}}? (?:est|sont) (?:déjà |actuellement |peut-être )?(?:incorrecte?"
    rf"|invalide"
    r"|erronée?|endommagée?|corrompue?|introuvable|inaccessible|indisponible|hors (?:ligne|connexion)|verrouillée?"
    r"|bloquée?"
    rf"|pleine?|saturée?|désactivée?|manquante?|inconnue?|expirée?|trop (?:long|volumineux|grande?))s?(?:{_END}| et\b)",
    rf"\b{_PIECE}\b(?: [^\s.!?]{{1,30}}){{0,4}}? n['’](?:est pas|a pas pu|ont pas pu|a pas été"
    rf"|est plus) (?:être )?(?:privée"
    r"|sécurisée|installée?|connectée?|trouvée?|ouverte?|chargée?|terminée?|établie?|envoyée?|enregistrée?|valide"
    r"|prise? en"
    rf" charge|reconnue?|disponible|accessible|autorisée?|démarrée?|effectuée?)s?{_END}",
    r"\baucune? (?:imprimante|périphérique|caméra|réseau|connexion|pilote|disque|licence|signal|microphone"
    r"|carte sim) (?:(?:n['’]est|n['’]a été) \w{3,15}|disponible|détectée?|trouvée?|installée?|connectée?)\b",
    r"\b(?:windows|word|excel|outlook|powerpoint|teams|['\"«]\w[^'\"»]{1,40}['\"»]|le programme"
    r"|l['’]application) (?:a rencontré (?:un problème|une erreur)|n['’]a pas pu|ne parvient pas à"
    r"|n['’]arrive pas à)\b",
    r"\bimprimante n['’]a plus (?:de |d['’])(?:papier|toner|encre)\b|\bplus assez (?:de |d['’])(?:mémoire|espace)\b"
    r"|\bimpossible (?:d['’]|de )(?:atteindre|joindre|imprimer|envoyer|installer|supprimer|créer|terminer|exécuter"
    r"|synchroniser|vérifier|se connecter|contacter|télécharger)\b",
)
_PIEZA = (
    r"(?:impresora|archivo|controlador|disco|servidor|unidad|red|certificado|contraseña|nombre de usuario"
    r"|dispositivo|cámara|micrófono|conexión|sitio|base de datos|equipo|tóner|cartucho|licencia|operación"
    r"|aplicación|mensaje|documento)s?"
)
SPANISH = (
    rf"\b{_PIEZA}\b(?: [^\s.!?]{{1,30}}){{0,5}}? (?:está|están|es|son) (?:ya )?(?:dañad[oa]|corrupt[oa]"
    rf"|bloquead[oa]|llen[oa]"
    r"|desconectad[oa]|en uso|incorrect[oa]|no válid[oa]|inválid[oa]|deshabilitad[oa]|sin (?:papel|tóner|tinta"
    r"|conexión)"
    rf"|desactivad[oa]|caducad[oa]|fuera de línea)s?(?:{_END}| y\b)",
    rf"\b{_PIEZA}\b(?: [^\s.!?]{{1,30}}){{0,5}}? no (?:es|son|está|se) (?:válid[oa]|correct[oa]|disponible"
    rf"|conectad[oa]|compatible|reconocid[oa]|pudo|puede|encontró)s?\b",
    r"\bno se (?:puede|pudo|ha podido|pueden) (?:acceder a (?:este|el|la)|conectar con|establecer|completar la"
    r"|iniciar|guardar|instalar|encontrar) ?(?:sitio|servidor|archivo|conexión|operación|red|el|la)?\b",
    r"\b(?:windows|word|excel|outlook|teams|el programa|la aplicación) no (?:pudo|puede|ha podido|responde|se ha)\b",
)
OTHERS = (
    r"\bimpossibile (?:raggiungere|completare|stampare|salvare|avviare|installare|inviare|leggere|aggiornare"
    r"|aprire)\b|\b(?:nome utente|password|credenziali)\b.{0,30}(?:errat[aeio]|non (?:valid|corrett)[aeio]|non sono"
    r"|scadut[aeo])\b|\b(?:il file|il documento|il disco|la stampante|il server|il dispositivo|la connessione"
    r"|la sessione)\b.{0,40}? (?:è (?:danneggiat|scadut|bloccat|pien|offline|non disponibil)\w{0,2}"
    r"|non (?:può essere|è (?:disponibile|valid|raggiungibil|pront|conness)|risponde|riuscit))",
    r"\bkan (?:het bestand|de server|de printer|de pagina|de website|geen verbinding|het apparaat|niet (?:openen"
    r"|verbinden))\b|\b(?:het bestand|de server|de printer|het apparaat|de verbinding"
    r"|het wachtwoord)\b.{0,40} (?:is (?:beschadigd|offline|onjuist|verlopen|niet (?:gevonden|beschikbaar"
    r"|bereikbaar|gereed))|reageert niet|kan niet worden \w)",
    r"\bnão (?:pode|foi possível|pôde|é possível) (?:acessar|abrir|encontrar|conectar|concluir|salvar|carregar"
    r"|iniciar|imprimir|ler|estabelecer|localizar|se conectar)\b|\b(?:o arquivo|o servidor|a impressora|a senha"
    r"|a sessão)\b.{0,40} (?:está (?:corrompid|danificad|offline|bloquead|incorret)|não (?:está|existe|responde)"
    r"|expirou)",
    r"\bnie można (?:połączyć|otworzyć|znaleźć|zapisać|uruchomić|odnaleźć|nawiązać|zainstalować|wyświetlić"
    r"|załadować)\b|\bnie udało się (?:połączyć|otworzyć|zapisać|uruchomić|nawiązać|zainstalować|załadować)\b",
    r"\bdet (?:går|gick) (?:inte|ikke) att (?:ansluta|öppna|hitta|spara|starta|läsa|skriva ut|installera)\b"
    r"|\bkan (?:ikke|inte) (?:åbne|åpne|öppna|finde|finne|hitta|oprette forbindelse|koble til|ansluta|gemme|lagre)\b",
)
"""Italian, Dutch, Portuguese, Polish, Swedish, Danish and Norwegian."""
