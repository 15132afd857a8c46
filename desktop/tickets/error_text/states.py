"""Sentences of programs about the state of a thing: of what a computer alone has, with a word that says it is wrong.

In small letters, line by line, each language with what stands in every line that such a sentence is in.
"""

from desktop.tickets.error_text.states_elsewhere import FRENCH, GERMAN, OTHERS, SPANISH

_END = r"(?=[ \t]*(?:$|[.,:;!('\"”)]| (?:because|due to|or|and|weil|da|car|porque)\b))"

_PART = (
    r"(?:(?:print(?:er)?|device|audio|video|usb|graphics|display|network|vpn|client|virtual) )*(?:printer|driver"
    r"|scanner|disk|hard drive|adapter|spooler|print queue|toner|cartridge|drum|fuser|microphone|camera|webcam"
    r"|keyboard|usb device|workbook|mailbox|user ?name|password|credentials|certificate|server|database"
    r"|file ?system|partition|firmware|bluetooth|wi-?fi|router|modem|monitor|docking station|macro"
    r"|registry(?: key)?|bios|gateway|proxy|vpn|license server|data source|user account|transaction|posting period"
    r"|company code|user master record|cost cent(?:er|re)|archive|directory|network (?:folder|drive|path|share)"
    r"|add-?in|plug-?in|snapshot|boot volume|print job|remote procedure call|arguments?|syntax|formula"
    r"|bootstrap environment|operating system|security token|user name or password|username or password"
    r"|password or user ?name|(?:copy of|licen[cs]e for) (?:this|the) \w{2,20}|copy of windows)s?(?: (?:for|of"
    r"|on) (?:this|the|your) \w{2,20})?"
)
"""What is of a computer alone."""
_NAMED = (
    r"(?:specified|requested|selected|indicated|supplied|given|remote|target|destination|source|attached|referenced"
    r"|required|current|default|local) (?:\w{2,20} ){0,2}(?:file|folder|document|server|device|printer|resource|service"
    r"|module|path|disk|drive|volume|database|address|host|computer|port|user|account|domain|object|item|cartridge|key"
    r"|page|url|action|feature|operation|version|location|network|program|application|group|certificate|driver)"
)
_WRONG = (
    r"(?:unavailable|not (?:available|connected|valid|correct|ready|accessible|found|open|installed|supported"
    r"|recogni[sz]ed|responding|activated|configured|compatible|licensed|defined|maintained|sufficiently maintained"
    r"|allowed|loaded|mounted|trusted|empty|genuine|mapped|registered|authori[sz]ed)|invalid|incorrect|wrong"
    r"|missing|damaged|corrupt(?:ed)?|offline|busy|read-only|blocked|disabled|full|empty|low|very low|unknown"
    r"|unreachable|unsupported|expired|locked|jammed|incompatible|out of (?:paper|toner|ink|memory|date)|in use"
    r"|missing or (?:damaged|corrupt|invalid)|no longer (?:available|valid|supported|exists?)|already (?:open"
    r"|in use|locked|mounted|connected))"
)
_PRODUCT = (
    r"(?:(?:microsoft |adobe |google |mozilla |cisco |the )?(?:windows|outlook|word|excel|powerpoint|onenote|teams"
    r"|onedrive|sharepoint|skype|zoom|chrome|firefox|edge|safari|acrobat|acrobat reader|citrix(?: \w{3,12})?|finder"
    r"|icloud|itunes|docker|thunderbird|photoshop|autocad|quickbooks|time machine|vpn client(?: driver)?|anyconnect"
    r"|forticlient|globalprotect|windows hello|bitlocker|macos|defender|java|installer|app store|print spooler"
    r"|remote desktop)|['\"“‘][^'\"”’\n]{2,40}['\"”’])"
)
_CANNOT = (
    r"(?:can['’]t|cannot|can not|could not|couldn['’]t|was unable to|is unable to|isn['’]t able to|is not able to"
    r"|wasn['’]t able to|failed to)"
)
_BE_DONE = (
    r"be (?:opened|started|verified|found|installed|updated|saved|autosaved|loaded|reached|displayed|checked|used"
    r"|moved|copied|deleted|renamed|printed|launched|run|played|imported|read)"
)
_TO_DO = (
    r"(?:open|start|save|sync|search|log (?:on|in)|sign in|connect|set up|load|find|access|read|write|print|display"
    r"|install|update|check|verify|back up|run|complete|play|send|receive|create|insert|detect|reach"
    r"|automatically \w{4,12}|import|export|process|unlock|encrypt|format|be installed)"
)
_NOT_SAID = (
    r"(?!(?:delivered|paid|bought|ordered|sold|booked|picked|blamed|seen|heard|found out|repaired|discussed|shipped)\b)"
)
"""What is done with a thing beside its computer."""
_ENGLISH = (
    rf"\b{_PART}(?: ['\"“][^'\"”\n]{{1,60}}['\"”])? (?:could not|cannot|can['’]t"
    rf"|couldn['’]t) be {_NOT_SAID}\w{{2,15}}(?:ed|en|wn|nd|ad|ught){_END}",
    rf"\b{_PART} (?:has|have|was|were) (?:been )?(?:terminated|cancell?ed|aborted|rejected|refused|reset"
    rf"|disconnected|expired){_END}",
    r"\baccess to the (?:\w{2,20} ){0,3}(?:key|path|file|folder|share|port|resource|object|drive|server|database"
    r"|printer|device"
    rf"|service)(?: ['\"“][^'\"”\n]{{1,80}}['\"”])? (?:is|was) denied{_END}",
    rf"^[^\w\n]{{0,4}}(?:cannot|can['’]t|could not|couldn['’]t) \w{{3,12}} the (?:\w{{2,15}} ){{0,2}}(?:data"
    rf"|database|object|drive|disk|release|version|value|connection|certificate|driver|settings|registry|device"
    rf"|selection|table|macro){_END}",
    r"\b(?:vendor|customer|material|plant|order|document|account|cost cent(?:er|re)|kreditor|debitor|werk|auftrag"
    r"|sachkonto|kostenstelle) \d{3,12} (?:is (?:blocked|locked) (?:for|by)|does not exist|is not (?:activated"
    r"|maintained|defined)|ist (?:für \w{3,20} )?gesperrt|existiert nicht|ist nicht (?:angelegt|vorhanden|gepflegt"
    r"|aktiviert|definiert))\b",
    r"\b(?:foreign key constraint|deadlock detected|division by zero|divide by zero|has no installation candidate"
    r"|either in unknown format|mapped using a different user)\b",
    rf"\b{_PART}(?: ['\"“]?[\w.:\\-]{{1,40}}['\"”]?){{0,2}}? (?:is|are|was|were) {_WRONG}{_END}",
    rf"\b{_NAMED}(?: ['\"“][^'\"”\n]{{1,60}}['\"”])? (?:is|are|was|were|has been|could) (?:{_WRONG}|(?:already "
    rf"|temporarily )?(?:blocked|deleted|moved|removed|renamed|disconnected|rejected)){_END}",
    rf"\b{_PRODUCT}(?: ['\"“][^'\"”\n]{{1,60}}['\"”])? {_CANNOT} (?:currently )?(?:{_TO_DO}(?:{_END}| (?:the"
    rf"|th(?:is|at)|an?|to|your|any|for|on (?:line|startup)|files?|new|in to|up)\b| ['\"“‘\\\\/])|{_BE_DONE}{_END})",
    rf"\b{_PRODUCT} (?:(?:has|have) )?(?:encountered|experienced|ran into|run into|found) an? (?:\w{{2,20}} )?(?:error"
    r"|problem)\b|\b(?:program|application|app|driver|client|service|setup|wizard|add-in) (?:has )?(?:encountered"
    rf"|experienced) an? (?:\w{{2,20}} )?(?:error|problem){_END}",
    rf"\b{_PRODUCT} is waiting for (?:another|the)\b|\b{_PRODUCT} (?:does not|doesn['’]t|is not"
    rf"|isn['’]t) (?:recogni[sz]e"
    r"|support|respond|responding|recogni[sz]ed|compatible|activated|licensed|installed)",
    r"\b(?:can['’]t|cannot|could not|couldn['’]t|was not) (?:be )?\w{3,15}(?: \S{1,30}){0,8}? because (?:it|the"
    r"|another|your|this|its)(?: \S{1,30}){0,4}? (?:is|isn['’]t|are|aren['’]t|has|may|was|cannot|could|does"
    r"|doesn['’]t)\b(?=.{0,30}\b(?:in use|open|locked|available|syncing|running|installed|supported|valid|found"
    r"|damaged|corrupt|expired|full|format|missing|exist|disabled|blocked))",
    r"\bbecause (?:apple|windows|it|your (?:domain|device|computer)) (?:can['’]?(?:not|t) (?:check|verify"
    r"|be (?:verified|opened))|isn['’]t available|is from an unidentified)\b",
    r"^[^\w\n]{0,4}(?:cannot|can['’]t|could not|couldn['’]t) (?:communicate with|connect to|log (?:on|in) to"
    r"|sign in to|convert|insert the (?:value|row|object)|find (?:this (?:item|file|folder)|the (?:file|folder|path"
    r"|server))|run the (?:macro|script|program|command)|create the (?:file|folder|object|instance)"
    r"|start the (?:service|server)|delete the (?:file|folder)|rename the|write to (?:the )?(?:file|disk)"
    r"|set up the|determine the|obtain the)\b",
    r"^[^\w\n]{0,4}no (?:\w{3,15} )?(?:camera|microphone|webcam|printers?|scanner|drivers?|network"
    r"|audio (?:output )?device|disks?|licen[cs]es?|boot device|bootable media|signal|sim card|sim|certificates?"
    r"|internet|internet access|route to host|default gateway|wi-?fi networks?|dial ?tone|mapping between"
    r"|data source|speakers?|adapter|domain controllers?)(?:[ \t]*(?:$|[.!](?= |$))| (?:was |were |is "
    r"|are )?(?:found|available|detected|installed|connected|specified"
    rf"|selected|attached|inserted|assigned){_END})",
    r"\banother (?:installation|instance|copy|update|program|backup|session|print job)(?: of \S{1,40})? is (?:already"
    r" |currently )?(?:in progress|running|active)\b|\blogged on with another\b",
    r"\b(?:not|isn['’]t|insufficient|out of) (?:enough )?(?:free |available )?(?:disk |hard disk |server )?(?:space"
    r"|storage|memory)(?: left| available| remaining)? (?:on|in) (?:the|this|your)? ?(?:disk|drive|volume|device"
    r"|server|computer|pc|iphone|mailbox|['\"“])",
    r"\b(?:user ?name|user id|password|credentials?|log-?in|passcode|pin)\b(?: (?:or|and|/) (?:the )?(?:password"
    r"|user ?name|domain|email))?(?: (?:you|that) (?:you )?(?:entered|supplied|typed))? (?:is|are|was|were|did|does"
    r"|do|has)(?: not|n['’]t)? ?(?:been )?(?:incorrect|invalid|wrong|correct|valid|match(?:ed)?|work|rejected"
    r"|recogni[sz]ed|accepted)\b(?! (?:for|in) \w+ing)",
    r"^[^\w\n]{0,4}(?:\w{2,12} )?(?:paper|toner|ink(?: system)?|cartridge|drum|fuser|waste toner|tray \d"
    r"|cassette \d|staple|scan(?:ner)?|print ?head)(?: \w{2,12}){0,3}? (?:mismatch|empty|jam(?:med)?|failure|missing"
    rf"|full|error|(?<!paper )low|end of life){_END}",
    r"\bthis (?:web ?page|web ?site|site|page|file|app|item|connection|device|action|document|folder"
    r"|feature) (?:isn['’]t|is not|can['’]t|cannot|couldn['’]t|could not|doesn['’]t|does not"
    r"|has) (?:be )?(?:a redirect loop|secure|private|redirecting|working|available|displayed|opened|completed"
    r"|reached|loaded|found|allowed|supported|performed"
    rf"|currently \w{{3,15}}|trusted|exist|responding|compatible|previewed)(?: right now| properly)?(?:{_END}"
    rf"| on this\b)",
    r"\b(?:server|host|peer|client|gateway|remote (?:computer|host|side|end)|session|proxy"
    r"|provider) (?:has )?(?:unexpectedly )?(?:dropped|closed|refused|rejected|terminated|reset|aborted"
    r"|denied) (?:the|this|your|its|a|it)?[ ]?(?:\w{3,20}"
    rf" )?(?:connection|request|login|session|message|attempt|it)?{_END}",
    r"\bmessage (?:to \S{3,60} )?(?:couldn['’]t|wasn['’]t|could not|was not|hasn['’]t been|has not been"
    r"|cannot) (?:be )?"
    rf"(?:delivered|sent){_END}|\bdelivery (?:to the following recipients? )?(?:has )?failed{_END}",
    r"\b(?:is not in the sudoers|incident will be reported|violates (?:\w{2,12}[ -]){1,2}constraint|(?:relation"
    r"|table|column|view|schema|role|index|function) [\"'`\[][^\"'`\]\n]{1,60}[\"'`\]] (?:does not exist"
    r"|already exists)|cannot insert (?:the value null|duplicate key)|data would be truncated|lock wait timeout"
    r"|address list could not be|matched to a name in the address|potential security (?:issue|risk)"
    r"|try checking the network|dpkg was interrupted|(?:unprotected|invalid) private key|read-only (?:recommended"
    r"|mode) because|recipient address rejected|mailbox unavailable|relay(?:ing)? (?:access )?denied"
    r"|(?:can['’]t read|bad) superblock|emergency mode|root password for maintenance|auth_failed|tunnels? failed)\b",
    r"\b(?:transaction|process|job|session|installation|download|upload|request|operation|connection|query|task"
    r"|backup|print job|wizard|script|import|export) (?:was|were|has been|is) (?:\w{4,14}ly )?(?:terminated|aborted"
    r"|interrupted"
    rf"|rejected|rolled back|killed|cancelled because|denied|refused)(?:{_END}| by (?:the (?:server|system|operating"
    r"|administrator|remote)|another|your|user request)\b| before\b)",
    r"\b(?:document|file|workbook|record|object|order|table|material|customer|account|vendor|entry|data|master"
    r"|item)\b(?: \S{1,30}){0,2}? (?:is|are) (?:currently )?(?:locked|being (?:edited|processed|used|changed)"
    r"|blocked) by (?:another"
    rf" (?:user|process|program)|user \w{{2,12}}|\w{{2,12}}){_END}",
    r"\b(?:record|file|folder|entry|object|user|key|item|name) (?:with (?:this|that|the same) (?:key|name|id|number)"
    rf" )?already exists{_END}",
    r"\b(?:file ?names?|paths?|urls?|messages?|attachments?|values?|input|queries|query"
    r"|request)(?:\(s\))?(?: (?:size|length)| \S{1,20}){0,2}? (?:is|are|would be|exceeds?) (?:too (?:long|large"
    r"|big)(?=[ \t]*(?:$|[.,:(])| (?:for the (?:dest|file|serv|mail|syst|dev|out)|to (?:send|upload|open|copy"
    r"|process|be))\w*)|larger than|the (?:maximum|allowable|allowed))\b",
    r"\b(?:maximum|max) number of (?:\w{3,15} )?(?:logons|connections|users|sessions|attempts|devices|files"
    r"|licen[cs]es|processes|retries|requests|clients|recipients|names|handles|threads|jobs"
    r"|items) (?:has been )?(?:reached|exceeded)\b|\ball (?:licen[cs]es|connections) are in use(?=[ \t]*(?:$|[.,]"
    r"| right now))",
    r"\b(?:will|would|could) not be (?:established|loaded|started|installed)(?=[ \t]*(?:$|[.!]))|\bthere (?:was|is"
    r"|were|has been) (?:an? )?(?:problem|error|issue)s? (?:with|in) (?:this|the|your) (?:\w{2,15} )?(?:formula"
    r"|server|website|file|connection|account|certificate|printer|request|installation|document|query|license"
    r"|driver|configuration|page|network)\b|\bthere (?:was|is) a (?:problem|error) \w{4,15}ing (?:to|the|your"
    r"|this) (?:\w{2,15} )?(?:server|page|file|account|printer|network|app|database|update|document|site)",
    r"\baccess denied(?=[ \t]*(?:$|[.!:]))|\bsystem failure[.:]|\bwarning: \w.{0,60}\b(?:unprotected|insecure"
    r"|failed|denied|corrupt|invalid|expired)\b",
)

STATES = (
    (
        r"not\b|can['’]t|n['’]t\b|cannot|unable|failed|error|problem|unavailable|invalid|incorrect|wrong|missing"
        r"|damaged|corrupt|offline|busy|read-only|blocked|disabled|full\b|empty|low\b|unknown|unreachable"
        r"|unsupported|expired|locked|jam|incompatible|out of|in use|longer|already|another|terminated|aborted"
        r"|interrupted|rejected|denied|dropped|refused|closed|reset|rolled|killed|too l|larger|exceed|maximum"
        r"|failure|mismatch|open\b|^\W{0,4}no |waiting|does|violates|constraint|deadlock|by zero|no installation"
        r"|truncated|timeout|warning|potential|reported|unprotected|root password|superblock|removed|deleted",
        _ENGLISH,
    ),
    (
        r"nicht|keine?\b|falsch|ungültig|fehler|beschädigt|defekt|offline|belegt|gesperrt|deaktiviert|blockiert"
        r"|voll\b|leer\b|unbekannt|abgelaufen|veraltet|zu lang|zu groß|schreibgesch|verwendet|bearbeitet"
        r"|inkompatibel|ausgelastet|problem|ohne",
        GERMAN,
    ),
    (r"n['’]|aucune?|est\b|sont\b|rencontré|parvient|impossible|plus ", FRENCH),
    (r"\bno |está|\bes\b|\bson\b", SPANISH),
    (r"impossibile|errat|valid|scadut|danneg|non |kan |is |reageert|não|está|expirou|nie |\bdet |\bkan", OTHERS),
)
"""Each with what stands in every line that such a sentence is in."""
