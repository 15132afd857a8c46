"""Sentences of programs: a thing of the computer, what it could not do or be, and the sentence's end.

Built from three lists a language. Matched in small letters, line by line, like the phrases. Whatever repeats is
bounded.
"""

_END = r"(?=[ \t]*(?:$|[.,:;!?('\"“”«»\])]| (?:because|due to|or|and|weil|da|car|porque)\b))"
"""Where a message ends its clause; a person would go on."""
_UP_TO = r"(?: [^\s.!?;]{1,60}| [^\s.!?;]{1,30}\.[^\s.!?;]{1,30}){0,%d}?"
"""Further words of the clause; a name with a dot in it is one of them."""

_THING = (
    r"(?:files?|folders?|documents?|workbooks?|modules?|librar(?:y|ies)|servers?|hosts?|paths?|pages?|devices?"
    r"|printers?|drivers?|address(?:es)?|procedures?|network(?: name| path)?|components?|resources?|databases?"
    r"|(?:user profile |print(?:er)? )?(?:services?|spooler)|applications?|programs?|disks?|drives?|volumes?"
    r"|(?:security )?certificates?|(?:user )?profiles?|entry point|installer|packages?|process|operation|action"
    r"|request|session|(?:remote )?computer|gateway|tunnels?|websites?|web page|scripts?|commands?|cmdlet|print job"
    r"|attachments?|add-ins?|macros?|plug-?ins?|extensions?|setup|installation|update|negotiation|handshake|driver"
    r"|connection|domain|system|data(?: source)?|object|assembly|property|variable|parameter|argument|mailbox"
    r"|cartridge|anyconnect|client|agent|sites?|workstation|interface|semaphore|archive|directory|header|scanner"
    r"|windows|word|excel|outlook|powerpoint|onedrive|safari)"
)
_MACHINERY = (
    r"(?:files?|folders?|workbooks?|modules?|servers?|devices?|printers?|drivers?|database|service|spooler"
    r"|certificate|installer|computer|website|script|cmdlet|print job|add-in|macro|windows|word|excel|outlook|teams"
    r"|powerpoint|app|disk|volume|operating system|windows update)"
)
"""What nobody would take for something else than a computer's."""
_DONE = (
    r"(?:found|opened|loaded|located|started|installed|uninstalled|reached|read|accessed|printed|displayed|executed"
    r"|run|mounted|verified|validated|resolved|created|deleted|removed|renamed|copied|saved|written to"
    r"|recogni[sz]ed|initiali[sz]ed|processed|parsed|imported|exported|configured|established|completed|repaired"
    r"|recovered|unlocked|pasted|synced|synchroni[sz]ed|authenticated|decrypted|decoded|contacted|performed|ejected"
    r"|unmounted|updated|modified)"
)
_BEING = (
    r"(?:found|recogni[sz]ed|supported|installed|registered|trusted|mounted|loaded|defined|accessible|reachable"
    r"|readable|writable|compatible|authori[sz]ed|initiali[sz]ed|declared|formatted|responding|functioning|running"
    r"|made)"
)
_TO_DO = (
    r"(?:open|start|load|connect|respond|find|initiali[sz]e|complete|occur|execute|install|register|read|write|create"
    r"|parse|bind|mount|allocate|launch|boot|authenticate|verify|resolve|compile|build|deploy|sync|print|establish"
    r"|access|reach|exist|provide|display|modify|contact|process|update|handle|communicate|locate|retrieve)"
)
_ENGLISH = (
    rf"\b{_THING}{_UP_TO % 9} (?:could not|cannot|can['’]t|couldn['’]t) be {_DONE}(?: here)?{_END}",
    rf"\b{_THING}{_UP_TO % 6} (?:(?:is|was|were|are)(?: not|n['’]t)) {_BEING}(?:{_END}| (?:as an?|as the"
    rf"|in this version)\b)",
    rf"\b{_THING}{_UP_TO % 3} (?:failed to|(?:is|was) (?:unable|not able) to|does not|did not|cannot|can['’]t"
    rf"|could not|couldn['’]t) (?:currently )?{_TO_DO}(?:{_END}| (?:an?|the|to|in a timely|within|from|with|any"
    rf"|for)\b| [/\\])",
    rf"\b(?:device|drive|disk|printer|volume|server|service|network|spooler|tape) (?:is|was) not (?:ready"
    rf"|available){_END}",
    r"\binsufficient (?:system |disk |access |user )?(?:resources|memory|privileges|permissions|rights|space"
    r"|storage|quota)"
    rf"(?:{_END}| (?:to|on|exist|available|for this)\b)|\bnot enough (?:server |disk )?(?:quota|memory|storage"
    rf"|resources)\b|\bunmet dependencies\b",
    r"\b(?:period|certificate|password|token|session|licen[cs]e|ticket|key|account) (?:has |is "
    r"|was )?expired(?=[ \t]*(?:$|[.:!(]))|\bcertificate signed by unknown\b",
    rf"\b(?:file|directory|folder|archive|database|document|volume|disk|profile|header|image"
    rf"|package){_UP_TO % 4} (?:is|are|appears to be) (?:corrupt|corrupted|damaged)(?:{_END}| and\b)",
    r"\byour (?:account|password|session|licen[cs]e|mailbox|sign-in|certificate) (?:has been|has|is"
    r"|was) (?:disabled|locked|full"
    rf"|expired|suspended|blocked|deactivated){_END}",
    r"\byou are not authori[sz]ed to (?:use|access|perform|view|execute|run|change|create|display|log)\b",
    rf"(?:^[^\w\n]{{0,4}}|: )(?:\w[\w/-]{{0,30}} ){{0,5}}?(?:{_THING}|e?-?mail|scan|fax|backup|restore|sync|vpn|dns"
    rf"|login"
    r"|sign-in|download|upload)(?: \w[\w/-]{0,30}){0,3}? failed(?=[ \t]*(?:$|[.:(]))",
    rf"\b{_MACHINERY}{_UP_TO % 5} (?:could not|cannot|can['’]t|couldn['’]t) be \w{{3,20}} because\b",
    r"\bno (?:operating system|bootable \w{2,20}|\w{2,20} drivers?|network adapters?|default printer) (?:was|were"
    r"|is) found\b|^\W{0,4}(?:printer|tray \d|cassette \d) out of (?:paper|toner|ink)\b",
    rf"['\"“‘`][^'\"”’`]{{1,80}}['\"”’`] (?:is|was) not (?:recogni[sz]ed|found|supported|defined|installed"
    rf"|a valid)(?:{_END}| \S)",
    r"\bthe specified \w+(?: \w+){0,4}? (?:(?:is|was|are|has|does|could|do)(?: not\b|n['’]t\b)|cannot\b|can['’]t\b"
    r"|(?:is|was|are) (?:no longer|invalid|incorrect|unknown|already|in use)\b)",
    r"\b(?:file|folder|document|workbook|database|port|device|resource|address"
    r"|drive)\b(?: \S{1,60}){0,4}? is (?:already |currently )?(?:open|opened|in use|locked|being used) (?:in|by"
    r"|for) (?:another|a different|microsoft|the system|excel|word|editing|exclusive)\b",
    r"\bbeing used by another (?:process|program|person|user|application)\b",
    r"\b(?:disabled|blocked|turned off|restricted|prohibited) (?:on this system\b|by (?:your (?:system "
    r"|network )?(?:administrator|organi[sz]ation)|(?:the )?(?:system|network) administrator|(?:group|security|cors"
    r"|execution) policy)\b)|\brestrictions in effect on this computer\b",
    r"(?:\b(?:not|cannot|can['’]t|denied|cancell?ed|disabled|blocked|failed|invalid|expired)"
    r"|n['’]t)\b.{1,160}\b(?:contact|see) (?:your|the|an?) (?:system |network |local )?administrator\b",
    r"\byou (?:need|require) permission (?:to perform\b|from \S{1,40} to \w)|\byou (?:do not"
    r"|don['’]t) have (?:sufficient |the required |the necessary )?(?:permissions?|privileges|rights"
    r"|access) to (?:access|open|save|view|modify|perform|read|write|run|delete|change|install) (?:this|the|in|on"
    r"|from)\b",
    r"\b(?:windows|word|excel|outlook|powerpoint|the printer|the program) (?:has )?found a problem\b"
    r"|\bwrite[- ]protected(?=[ \t]*(?:$|[.:(]))",
    rf"\b{_THING}{_UP_TO % 5} (?:has )?timed out{_END}",
    r"\b(?:ran into|encountered) an? (?:\w{1,20} )?(?:error|problem) (?:that|and|while|during|when)\b",
    r"\bthere is a problem with this\b|\bbecause it (?:may be|is|appears to be) (?:damaged|corrupt(?:ed)?)\b",
    r"\b(?:disk|drive|volume|file ?system|transaction log|quota)\b(?: \S{1,60}){0,4}? is (?:almost "
    r"|nearly )?full\b(?=[ \t]*(?:$|[.,:;]| due to))",
    r"\b(?:printing|loading|saving|reading|writing|copying|downloading|uploading|connecting|sending|parsing|compiling"
    r"|mounting|updating|syncing|scanning) failed(?=[ \t]*(?:$|[.:(]))|\b(?:request|connection|operation|session|query"
    rf"|handshake|login|negotiation|attempt) (?:has )?(?:timed out|failed){_END}",
    r"\bpermissions? .{1,80} are too open\b|\brequires that you enable\b|\byou can['’]t (?:open|save|use|run"
    r"|install) the (?:application|document|file|disk)\b",
)

_ABER = r"(?:[^.!?\n]|\.(?=\w)){%s}?"
"""Further words of the clause; a name with a dot in it is one of them."""
_GERAET = (
    r"(?:datei(?:en)?|ordner|netzwerkpfad|pfad|server|gerät|modul|programm|anwendung|app|website|drucker|treiber"
    r"|dienst|volume|datenträger|windows|word|excel|outlook|netzwerk(?:name)?|laufwerk|zertifikat|benutzerprofil"
    r"|kennwort|benutzername|computer|domäne|ressource|skript|port|add-in|makro|buchungskreis|parameter"
    r"|remotecomputer)(?:s|es|n|en|e)?"
)
_DING = (
    r"(?:datei(?:en)?|ordner|pfad|server|gerät|modul|programm|anwendung|verbindung|website|webseite|seite|drucker"
    r"|treiber|element|dienst|volume|datenträger|system|windows|prozess|netzwerk(?:name)?|laufwerk|festplatte"
    r"|zertifikat|profil|konto|kennwort|benutzername|auftrag|befehl|parameter|dokument|arbeitsmappe|anlage|postfach"
    r"|sitzung|objekt|vorgang|installation|update|computer|domäne|ressource|paket|skript|port|eintrag|beleg"
    r"|buchungskreis|lizenz|add-in|makro|schlüssel|app|nachricht|word|excel|outlook|teams)(?:s|es|n|en|e)?"
)
_GETAN = (
    r"(?:gefunden|geöffnet|gestartet|geladen|hergestellt|gelesen|ausgeführt|installiert|erreicht|gedruckt|überprüft"
    r"|angezeigt|gelöscht|erkannt|gespeichert|geschrieben|erstellt|initialisiert|verarbeitet|abgeschlossen|aufgelöst"
    r"|kopiert|umbenannt|entfernt|validiert|zugestellt|gesendet|synchronisiert|eingefügt|repariert|importiert) werden"
)
_TUN = (
    r"(?:finden|öffnen|zugreifen|lesen|schreiben|ausführen|starten|laden|herstellen|speichern|drucken|anzeigen|erkennen"
    r"|erreichen|installieren|löschen|verbinden|ermitteln|kommunizieren|abrufen|aktualisieren|einrichten|erstellen"
    r"|senden|empfangen|kopieren|verschieben|verarbeiten|beenden|abschließen|entfernen|initialisieren|auflösen)"
)
_SEIN = (
    r"(?:verfügbar|vorhanden|erreichbar|bereit|installiert|gefunden|erkannt|unterstützt|registriert|lesbar"
    r"|vorgesehen|zulässig|vertrauenswürdig|kompatibel|verbunden|gestartet|definiert)"
)
_GERMAN = (
    rf"\b\w{{0,30}}{_DING}\b{_ABER % '0,80'} (?:kann|können"
    rf"|konnten?) {_ABER % '0,60'}nicht(?: \w{{1,30}}){{0,4}}? (?:{_GETAN}|{_TUN}){_END}",
    rf"\b(?:kann|konnte) {_ABER % '0,30'}\w{{0,30}}{_DING}\b{_ABER % '0,40'} nicht (?:\w{{1,30}} )?{_TUN}{_END}",
    rf"\b\w{{0,30}}{_GERAET}\b{_ABER % '0,60'} (?:ist|sind|wurden?) (?:\w{{1,30}} )?nicht (?:mehr )?{_SEIN}{_END}",
    r"\b(?:datei|verzeichnis|archiv|datenbank|dokument|datenträger|profil|laufwerk)\b[^.!?\n]{0,40}? (?:ist|sind)"
    rf" (?:möglicherweise )?(?:beschädigt|schreibgeschützt)(?:{_END}| und\b)",
    rf"\b(?:zugriff|verbindung|anmeldung|verbindungsaufbau) {_ABER % '1,80'} (?:ist )?nicht möglich{_END}",
    r"\bkeine (?:antwort|verbindung|daten|rückmeldung) (?:\w{1,20} ){0,3}?(?:empfangen|erhalten|gesendet"
    r"|hergestellt)\b",
    rf"\b\w{{0,30}}(?:zertifikat|kennwort|passwort|sitzung|lizenz|token) (?:ist|wurde) abgelaufen{_END}",
    rf"\b\w{{0,30}}{_DING}\b{_ABER % '0,40'} (?:ist|wurde|wird) (?:durch|von) [^.!?\n]{{1,60}} (?:gesperrt|verwendet"
    rf"|blockiert|deaktiviert){_END}|\bvon (?:einem|einer) anderen (?:prozess|programm|benutzer|anwendung) verwendet\b",
    rf"\b\w{{0,30}}{_GERAET}\b{_ABER % '0,40'} (?:ist|wird) (?:zurzeit|bereits"
    rf"|gerade) (?:\w{{1,20}} ){{0,4}}?(?:verwendet|gesperrt|geöffnet|belegt){_END}",
    r"(?:\bnicht\b|verweigert|gesperrt|deaktiviert|ungültig|abgelaufen).{1,160}\bwenden sie sich an (?:ihren"
    r"|den) (?:\w{1,20})?administrator\b",
    rf"^\W{{0,4}}(?:ungültige|unbekannte|fehlende|falsche)[rsnm]? \w{{0,30}}{_DING}{_END}",
    r"\bzeitüberschreitung (?:der|des|bei|beim|während)\b|^\W{0,4}diese (?:seite|website) funktioniert nicht[ \t]*$",
    rf"\b\w{{3,40}}(?:ung|vorgang|versuch|auftrag|prozess|start|download|upload) (?:ist |wurde )?fehlgeschlagen{_END}",
    r"\bwurde (?:von ihrem administrator|durch (?:eine )?(?:gruppen)?richtlinien?) (?:gesperrt|deaktiviert"
    r"|blockiert)\b",
)

_CHOSE = (
    r"(?:fichiers?|dossiers?|serveurs?|chemin|réseau|page|site|module|programme|système|application|périphérique"
    r"|imprimante|disque|connexion|ordinateur|windows|service|certificat|profil|processus|pilote|base de données"
    r"|document|objet|élément|session|commande|tâche|opération|paramètre|lecteur|volume|pièce jointe|word|excel"
    r"|outlook)"
)
_FRENCH = (
    rf"\b{_CHOSE}\b{_ABER % '0,60'} (?:ne (?:peut|peuvent) (?:pas|plus) (?:accéder|ouvrir|trouver|être|lire|charger|se"
    r" connecter|démarrer|établir|lancer|afficher|enregistrer|exécuter)|ne répond(?:ent)? (?:pas|plus)|n['’]existe"
    r" (?:pas|plus)|n['’]est (?:pas|plus) (?:prête?|disponible|accessible|valide|reconnue?|installée?|autorisée?"
    rf"|compatible|enregistrée?|prise? en charge))\b",
    rf"\b{_CHOSE}\b{_ABER % '0,40'} (?:(?:est |sont )?(?:introuvables?|inaccessibles?|indisponibles?)|a échoué"
    rf"|a expiré){_END}",
    r"\bprotégée?s? (?:en|contre l['’])écriture\b",
    r"\b(?:refuse|rejette) (?:la |les |toute )connexions?\b",
    r"\bmot de passe (?:est )?(?:incorrect|invalide|erroné)\b(?=[ \t]*(?:$|[.,:;!(]))",
)

_COSA = (
    r"(?:archivos?|carpetas?|servidor|ruta|red|página|sitio|módulo|programa|sistema|aplicación|dispositivo"
    r"|impresora|disco|conexión|equipo|windows|servicio|certificado|perfil|proceso|controlador|unidad|documento"
    r"|sesión|comando|operación|biblioteca|paquete|word|excel|outlook|sitio web)"
)
_SPANISH = (
    rf"\b{_COSA}\b{_ABER % '0,60'} no (?:se (?:pudo|puede|pudieron|ha podido|reconoce) \w{{3,20}}|(?:puede|pudo|pueden)"
    r" (?:abrir|encontrar|acceder|conectar|iniciar|cargar|leer|establecer|completar|mostrar|guardar"
    r"|proporcionar)\w{0,3}|se"
    rf" (?:encuentra|encontró|encontraron))(?:{_END}| (?:el|la|al|los|las|una?|con)\b)",
    rf"\bno se (?:encontró|encuentra|pudo \w{{3,20}}|puede \w{{3,20}}|ha podido \w{{3,20}}) (?:el|la|los"
    rf"|las) {_COSA}\b",
    r"\bprotegid[oa] contra escritura\b",
    r"\bno hay (?:suficiente|bastante) (?:espacio|memoria)\b",
    rf"\b{_COSA}\b{_ABER % '0,60'} no se (?:pudo|puede|pudieron|ha podido) \w{{3,20}} (?:correctamente|porque"
    rf"|debido)\b",
    rf"\b{_COSA}\b{_ABER % '0,40'} (?:no (?:responde|existe|está (?:disponible|preparad[oa]|listo|lista"
    rf"|instalad[oa]))|ha dejado de funcionar|dejó de funcionar|ha caducado){_END}",
)

SENTENCES = (
    (
        r"not\b|can['’]t|n['’]t\b|failed|unable|specified|another|microsoft|excel|blocked|disabled|restrict"
        r"|prohibited|insufficient|unmet|expired|unknown|locked|suspended|deactivated|protected|turned off|out of"
        r"|found|administrator|permission|error|problem|damaged|corrupt|full\b|timed out|in use|locked|requires",
        _ENGLISH,
    ),
    (
        r"nicht|keine|beschädigt|schreibgesch|abgelaufen|gesperrt|verwendet|blockiert|deaktiviert|ungültig"
        r"|unbekannt|fehl|falsche|zeitüber",
        _GERMAN,
    ),
    (
        r"ne (?:peu|rép)|refuse|rejette|écriture|n['’]e|introuvable|inaccessible|indisponible|a (?:éch|exp)"
        r"|mot de passe",
        _FRENCH,
    ),
    (r"\bno (?:se|p|resp|ex|est|hay)|escritura|dejado|dejó|caducado", _SPANISH),
)
"""What programs say of things of a computer, in the languages of most of their users, each with what stands in every
line that such a sentence is in: most lines have none of it, and are not looked at further."""
