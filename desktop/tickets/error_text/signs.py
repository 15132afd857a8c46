"""Signs of an error that programs leave and people do not write: patterns, one tuple a kind.

`EXACT` is matched as it stands, `NUMBERS` whatever the case, `PHRASES` in small letters, all line by line. A phrase
counts only on a line that is not about a person: those words stand in what people tell of an error too. Whatever
repeats is bounded, so that no text makes a search long.
"""

_ERRNO = (
    "2BIG|ACCES|ADDRINUSE|ADDRNOTAVAIL|AFNOSUPPORT|AGAIN|AI_(?:AGAIN|NONAME|FAIL)|ALREADY|BADF|BADMSG|BUSY|CANCELED"
    "|CHILD|CONNABORTED|CONNREFUSED|CONNRESET|DEADLK|DESTADDRREQ|DOM|DQUOT|EXIST|FAULT|FBIG|HOSTDOWN|HOSTUNREACH|IDRM"
    "|ILSEQ|INPROGRESS|INTR|INVAL|IO|ISCONN|ISDIR|LOOP|MFILE|MLINK|MSGSIZE|NAMETOOLONG|NETDOWN|NETRESET|NETUNREACH"
    "|NFILE|NOBUFS|NODATA|NODEV|NOENT|NOEXEC|NOKEY|NOLCK|NOMEDIUM|NOMEM|NOMSG|NOPROTOOPT|NOSPC|NOSYS|NOTBLK|NOTCONN"
    "|NOTDIR|NOTEMPTY|NOTFOUND|NOTSOCK|NOTSUP|NOTTY|NXIO|OPNOTSUPP|OVERFLOW|OWNERDEAD|PERM|PIPE|PROTO|PROTONOSUPPORT"
    "|PROTOTYPE|RANGE|REMOTEIO|ROFS|SHUTDOWN|SPIPE|SRCH|STALE|TIME|TIMEDOUT|TOOMANYREFS|TXTBSY|USERS|WOULDBLOCK|XDEV"
)
_COM = "FAIL|ACCESSDENIED|OUTOFMEMORY|INVALIDARG|NOINTERFACE|NOTIMPL|POINTER|HANDLE|UNEXPECTED|ABORT"
_STOP_CODES = (
    "MEMORY_MANAGEMENT|INACCESSIBLE_BOOT_DEVICE|CRITICAL_PROCESS_DIED|UNEXPECTED_KERNEL_MODE_TRAP|BAD_POOL_(?:HEADER"
    "|CALLER)|(?:NTFS|FAT|CDFS)_FILE_SYSTEM|PFN_LIST_CORRUPT|UNMOUNTABLE_BOOT_VOLUME|APC_INDEX_MISMATCH"
    "|ATTEMPTED_WRITE_TO_READONLY_MEMORY|DRIVER_OVERRAN_STACK_BUFFER|MULTIPLE_IRP_COMPLETE_REQUESTS"
)

NAMES = (
    rf"\b(?<!errno\.)(?:WSA)?E(?:{_ERRNO}|_(?:{_COM}))\b",
    r"\b(?:STATUS|ERROR|ERR|EXCEPTION|SEC_E|RPC_[SE]|DNS_PROBE|RESULT_CODE)_[A-Z][A-Z0-9_]{3,60}\b(?! ?=)",
    r"\b[A-Z][A-Z0-9]{1,20}(?:_[A-Z][A-Z0-9]{1,20}){0,5}_(?:E|ERR|ERROR|EXCEPTION|FAULT|FAILURE|FAILED|VIOLATION"
    r"|NOT_HANDLED|NOT_LESS_OR_EQUAL|TIMEOUT|TIMED_OUT|CORRUPTION|NOT_FOUND|BUSY|DENIED|REFUSED|UNAVAILABLE"
    r"|ABORTED)(?:_[A-Z][A-Z0-9]{0,20}){0,5}\b(?! ?=)",
    r"\b(?:CrashLoopBackOff|ImagePullBackOff|ErrImagePull|OOMKilled)\b",
    rf"\b(?:{_STOP_CODES})\b",
    r"\b(?:SIG(?:SEGV|ABRT|BUS|ILL|FPE|KILL|TERM|TRAP|SYS)|EXC_[A-Z]{3,20}(?:_[A-Z]{3,20}){0,3})\b",
    r"\b[A-Za-z]{2,30}ErrorDomain[A-Za-z]{0,20}\b",
    r"\b(?:[A-Za-z_]\w{0,60}[.:]{1,2}){1,10}[A-Za-z_]\w{0,60}(?:Exception|Error|Violation|Refused|Timeout|Failure)\b",
    r"^[^\w\n]{0,4}(?:Uncaught |Unhandled |Caused by: "
    r"|Exception in thread \"[^\"\n]{0,80}\" )?(?:\([^)\n]{1,30}\) )?(?:[A-Z]\w{1,60}(?:Exception|Error"
    r"|Rejection(?:Warning)?)|KeyboardInterrupt|StopIteration|SystemExit)\b(?=[ \t]*[:(]|[ \t]*$)",
)
"""errno.h, winsock2.h, winerror.h, ntstatus.h, stop codes, browsers, signals, Apple's domains; exceptions with a path
or at the start of a line."""

_PART = (
    "Printer|Print|Disk|Network|Server|Database|Script|Runtime|System|Device|Hardware|Software|Driver|Login|Logon"
    "|Authentication|Connection|Certificate|Parse|Syntax|Compile|Build|Boot|Install|Installation|Setup|Update"
    "|Application|Service|Query|Internal|Security|Session|Scanner|Fax|Mail"
)
"""What an error is of that is told as `Printer Error: …`."""

TRACES = (
    r"Traceback \(most recent call last\)",
    r"^[ \t]{0,12}File \"[^\"\n]{1,300}\", line \d+",
    r"^[ \t]{1,12}at (?:async )?[\w.$<>\[\]`/@:-]{1,200}(?: \[as \w+\])? ?\(",
    r"^[ \t]{1,12}(?:at|bei|à|en|in|a|w) [\w.$<>`]{3,200}\(.{0,200}\) ?(?:in|:)",
    r"^[ \t]{0,8}(?:from )?[\w./-]{1,200}\.rb:\d{1,6}:in ",
    r"^goroutine \d+ \[",
    r"^panic(?:: |\(cpu )",
    r"\bthread '[^'\n]{0,80}' (?:\(\d+\) )?panicked at ",
    r"^[ \t]{0,4}#\d{1,3} +0x[0-9a-f]{6,16} in |^[ \t]{0,4}#\d{1,3} {1,3}[\w:~<>]{1,120} \([^\n]{0,200}\) (?:at"
    r"|from) \S",
    r"^SUMMARY: \w{2,30}Sanitizer: |^==\d{1,8}== ?(?:ERROR|Invalid|Use of uninit|Conditional jump|Process terminating)",
    r"^[ \t]{0,4}what\(\): |^\w{2,40}\(\): (?:invalid|double|corrupted|memory|unaligned|mismatching) ",
    r"^(?:Abort trap: \d|Illegal instruction(?:: \d)?)(?: {1,9}\S.{0,80})?$|\([A-Z]\w{1,40}Error\)[ \t]*$",
    r"^g?make(?:\[\d{1,3}\])?: \*\*\* |^ninja: build stopped|^CMake Error|^FAILED: \S"
    r"|^Undefined symbols? for architecture",
    r"^Thread \d+ Crashed",
    r"\b(?:Stack ?trace|Stapelüberwachung|Call stack|Backtrace|Trace de la pile):",
    r" in \S{1,200} on line \d+\b",
    r"^.{0,60}(?:\[|\b)(?:ERROR|FATAL|CRITICAL|SEVERE)(?:\]|\b) {0,3}[\[:\-|(]",
    r"^.{0,40}\d.{0,20}(?:\[|\b)(?:ERROR|FATAL|CRITICAL|SEVERE)(?:\]|\b) {0,3}\w",
    r"^\W{0,4}(?:ERROR|FATAL)\]? {1,3}(?:\d|in \S{0,80}[./\\]|[\w-]{1,40}[./]\w|(?:[Cc]ould not|[Cc]an(?:not|'t)"
    r"|[Ff]ailed|[Uu]nable|[Ii]nvalid|[Mm]issing|[Nn]o such|[Uu]nknown|[Uu]nexpected|[Cc]onnect)\b)",
    r"^[EF]\d{4} \d\d:\d\d:\d\d\.\d{3,6} ",
    r"\blevel=(?:error|fatal|critical|panic)\b|\"(?:level|severity|lvl)\": ?\"(?:error|fatal|critical|panic|ERROR"
    r"|FATAL)\"",
    r"[\"'](?:error|error_?(?:code|message|description)|errorCode|errorMessage"
    r"|exception)[\"'] ?: ?(?:[\"'](?!(?:none|null|ok|no|false)?[\"'])|\{ ?[\"']\w|\[ ?\{|-?[1-9]\d)",
    r"^Msg \d{1,6}, Level \d{1,2}, State \d",
    r"^(?:E|Err):\d{0,3} ?[A-Z][\w-]{2,30} ",
    r"^[a-z][\w./+-]{1,40}(?:\[\d{1,7}\])?: (?:line \d+: )?(?:fatal |internal )?(?:error|fatal|cannot|can't|could not"
    r"|unable to|failed|invalid|wrong|no such|not found|unrecogni[sz]ed|missing|undefined|permission denied)\b",
    r"^[a-z][\w./+-]{1,40}(?:\[\d{1,7}\])?: [/~.][^\s:]{0,200}: (?:unknown|unsupported|bad|illegal|too many|not a) \w",
    r"^[a-z][\w./+-]{1,40}(?:\[\d{1,7}\])?: (?i:unexpected) \w|^[A-Z]{2,8} error: \S|^undefined: \w",
    r"^(?:Get|Set|New|Remove|Add|Invoke|Start|Stop|Connect|Import|Export|Test|Enter|Copy|Move|Install|Update|Enable"
    r"|Disable|Register|Restart|Rename|Resolve|Send|Join|Find)-[A-Z]\w{3,40} ?: \S",
    r"\b(?:client|server)-error-[a-z]{2,20}(?:-[a-z]{2,20}){0,5}\b",
    r"^-?(?:ba|z|da|k|c|tc|fi)?sh: (?:\S{1,80}: )?(?:killed|abort|aborted|terminated|no matches|bad|parse error"
    r"|event not)",
    rf"^[^\w\n]{{0,4}}(?:[A-Z]{{2,8}}|{_PART})(?: [A-Z]\w{{1,20}}){{0,2}} (?:Error|ERROR|Failure): ?\S",
    r"^npm (?:ERR!|error) |^(?:> Task :\S{1,60} |BUILD |FAILURE: Build )(?:FAILED|failed)|\bSQLCODE ?= ?-\d",
    r"^[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3} |['\"][45]\d\d [45]\.\d{1,3}\.\d{1,3} ",
    r"(?:^[^\w\n]{0,4}|[:\]>)|] {0,2})(?:error|Error|ERROR|fatal|err!)\]?(?:\[\w{1,20}\])?:[ \t]{0,4}\S",
    r"^[^\w\n]{0,4}(?:Error(?! (?:bar|band|margin|rate)s?\b)|Fatal|Fehler|Erreur|Errore|Fout|Błąd|Erro|Fel|Fejl"
    r"|Chyba|Ошибка)(?: \w{1,20}){0,2}:[ \t]{0,4}(?!(?:0|none|no|nil|keine?|aucune?)[ \t.]*$)\S",
    r"^(?:-{20,}|\[Window Title\])[ \t]*\n.{0,60}\b(?i:error|exception|failure|fehler|erreur|errore|fout|błąd"
    r"|erro)\W{0,3}$",
)
"""Stack traces of Python, Java, JavaScript, .NET, Ruby, Go, Rust, gdb, PHP, macOS; lines of logs (syslog, klog, JSON),
of databases, compilers and commands; answers in JSON."""

_WORD_FOR_ERROR = "error|err|erreur|errore|fout|błąd|fel|chyba|erro|hiba|ошибка|fail|failed|failure"
_COUNTED = (
    r"(?! ?(?:%|€|\$|percent|prozent|minutes?|hours?|days?|weeks?|times?|mal\b|people|invoices?|orders?|years?|exams?))"
)
_SAYS_ON = (
    r"(?:occurred|happened|while|when|during|from|opening|reading|writing|connecting|creating|loading|starting"
    r"|installing|printing|sending|trying|returned|received|accessing|processing|cannot|could|unable|failed|timeout"
    r"|timed|invalid|access|permission|unknown|internal|connection|service error|not found|out of|has occurred"
    r"|has been|on (?:line|startup|start|boot|device|drive|port|server)|in (?:\S{0,80}[./\\(]\S|(?:module|line"
    r"|function|procedure|service|file)\b)|at (?:\d|line|0x|startup)|for (?:url|https?:)|beim|bei|während"
    r"|ist aufgetreten|lors|pendant|est survenue)"
)
"""How messages go on after their number, where they do so in small letters."""
_SAID = rf"(?![.,]?\d)(?=[ \t]*(?:$|[^\w\s]|(?-i:[A-Z0-9]))|[ \t]+{_SAYS_ON}\b)"
"""A number that ends a message's sentence, or after which it goes on as messages do: people count things with it."""
_SAID_IN_GERMAN = rf"(?![.,]?\d)(?=[ \t]*(?:$|[^\w\s]|\d)|[ \t]+{_SAYS_ON}\b)"
"""The same where things are written with a capital letter."""
_END = r"(?=[ \t]*(?:$|[.,:;!?('\"\])]| (?:because (?!of (?!an? (?:error|problem)))|due to|or|and)\b))"
"""Where a message ends its sentence; a person would go on."""
_THING = (
    "file|folder|document|module|library|server|host|path|page|device|printer|driver|address|procedure|network name"
    "|component"
    "|resource|database|service|application|program|disk|volume|connection|profile|certificate|entry point|item"
)

NUMBERS = (
    r"\b0x(?:0000|1000|[48CDE][0-9A-F]{3})[0-9A-F]{4}(?:[0-9A-F]{8})?\b|\b0xFFFFFFFF[8C][0-9A-F]{7}\b",
    r"\b(?:message|meldung|mensaje)s?[- ]?(?:no|nr|number|nummer"
    r"|núm)\.? (?=[A-Z0-9/]{0,19}\d)[A-Z0-9/_]{1,20}[ -]?\d{3}\b",
    r"(?<![\w.-])-214[67]\d{6}\b",
    r"\b(?:ORA|TNS|AADSTS|PLS|WSUS|CAA)-?\d{4,7}[A-Z]?\b(?=[ \t]*[:)\]]|[ \t]*$)",
    r"(?:^[^\w\n]{0,4}|[:\])] ?|\b(?:error|warning|fatal) {1,2})(?:SQL|MSB|CS|LNK|TS|DB2"
    r"|IMAP)-?\d{4,7}[A-Z]?(?: ?: {0,3}\S|\))",
    r"\bBugCheck [0-9A-F]{1,8}, ?\{|\breturn value [1-9]\d{0,9}\b[ \t.]*$|\breturning [1-9]\d{2,4}[ \t.]*$"
    r"|\bOSStatus\b.{0,3}-\d{2,6}\b|^(?-i:8007[0-9A-F]{4})$|\b(?-i:[A-Z]{1,2}\d{2,4}(?:-\d{1,4})?) (?:error"
    r"|fehler)[ \t.]*$",
    r"\bcode[: ]{1,2}8[0-9A-F]{7}\b|\b\d\d\.[0-9A-F]{2,4}(?:\.\d\d)? error\b|\bsupport code:? [0-9A-F]{4}\b",
    r"^[^\w\n]{0,4}[45]\d\d {0,2}[-–] {0,2}(?-i:[A-Z])[a-z]|\bwe['’]re sorry, but something went wrong\b",
    r"\bexited with (?:abnormal )?code:? [1-9]|\bexited, code=\w{1,20}, status=\d|\b(?:ext[234]-fs|xfs"
    r"|btrfs) error\b|\berror response from daemon\b|\bserver error in '",
    r"\bSQLSTATE\b",
    r"\b(?:win)?errno\b[\]:= ]{1,3}-?\d{1,6}\b|\bwinerror \d{1,6}\b|\[errno -?\d",
    r"\b(?:4\d\d|5\d\d) (?:Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Request Time-?out"
    r"|Conflict|Gone|Too Many Requests|Internal Server Error|Not Implemented|Bad Gateway|Service Unavailable"
    r"|Gateway Time-?out)\b(?![ \t](?-i:[a-z])(?!or\b|rom\b|t\b|hen\b|n\b|esponse\b|rror\b|eturned\b))",
    r"\bHTTP(?:/\d(?:\.\d)?)?(?: error| status)?:? [45]\d\d\b(?! (?:is|was|are|page|pages)\b)|\bstatus of [45]\d\d\b",
    r"\bat line:? ?\d+,? (?:char(?:acter)?|col(?:umn)?):? ?\d+\b(?! of\b)",
    rf"\b(?<!-)(?:system|laufzeit|compiler)?(?:{_WORD_FOR_ERROR})"
    r"(?:[ -]?(?:code|number|no\.?|nr\.?|id|kod|n°|#))?(?:[ \t]{1,3}"
    r"|[ \t]{0,3}[:#=(][ \t]{0,3})['\"(]?-?0x[0-9A-F]+\b",
    *(
        rf"\b(?<!-)(?:system|laufzeit|compiler)?(?:{words})"
        r"(?:[ -]?(?:code|number|no\.?|nr\.?|id|kod|n°|#))?(?:[ \t]{1,3}"
        r"|[ \t]{0,3}[:#=(][ \t]{0,3})['\"(]?-?[1-9]\d{1,9}\b"
        rf"{_COUNTED}{said}"
        for words, said in ((_WORD_FOR_ERROR, _SAID), ("fehler", _SAID_IN_GERMAN))
    ),
    r"\b(?:error|fehler|erreur)[- ]?(?:code|tag|id|number|nummer)?[ \t]{0,2}:?[ \t]{1,2}[A-Z]{1,5}-?\d{2,8}[A-Z]?\b",
    r"\b(?:error|fehler)[- ]?(?:code|tag|id)[ \t]{0,2}[: ][ \t]{0,2}(?=\w{0,12}\d)\w{4,16}\b",
    r"(?!status(?: codes?)?[: =]{0,3}(?:20|30)\d\b)(?:error|stop|status|result|exit|return|bugcheck|fehler"
    r"|exception)[ -]?(?:code|status|wert)s?(?: (?:is|was|of|ist|war))?[ \t]{0,3}[:#=]?[ \t]{0,3}"
    rf"-?(?:0x[0-9A-F]+|[1-9]\d{{0,9}})\b{_SAID}",
    rf"\b(?:error|event)[ -]?ids?[ \t]{{0,3}}[:#=]?[ \t]{{0,3}}[1-9]\d{{0,9}}\b{_SAID}",
    rf"\bexit(?:ed|s)? (?:with )?(?:non-zero )?(?:code|status) -?[1-9]\d{{0,9}}\b{_SAID}",
)
"""HRESULT, NTSTATUS, stop codes, addresses (MS-ERREF); HRESULTs in decimal; vendors' numbers; HTTP (RFC 9110, section
15); numbers that follow the word; PowerShell's place."""

PHRASES = (
    r"\b(?:segmentation fault|segfault at|core dumped|access violation|blue ?screen of death|kernel panic"
    r"|stack overflow|null ?pointer|assertion [`'\"(].{1,80} failed|assertion failed|unhandled exception"
    r"|general protection fault|heap corruption|ausnahme im thread|ausnahme des typs|stack smashing detected"
    r"|double free or corruption|terminate called after throwing|undefined reference to|symbol\(s\) not found"
    r"|bus error|buffer i/o error|i/o error|trace/bpt trap|failed command:|unbehandelte ausnahme"
    r"|faulting application|faulting module|library not loaded)\b",
    r"\w\(\): invalid pointer|\bversion `\S{1,40}['’`] not found",
    r"\bout of memory\b(?! of)|\b(?:not|isn['’]t) enough (?:storage|memory|disk space) (?:is|to|on|for)\b",
    r"\bsyntax error(?=[:,]|[ \t]{1,2}(?:near|at|on line|before)\b|[ \t]*$)",
    r"\b(?:fatal|run-?time|internal|unexpected|unknown|script|application|system|server|network|disk|data|read"
    r"|write|general|critical|configuration|connection|authentication|compile|automation|printing|rsync|fan|fuser"
    r"|feed|toner|drum|cartridge|scanner|spooler|driver|device|hardware|protocol|socket|ssl|tls|certificate|memory"
    r"|crc|dns|dhcp|smtp|imap|sql|odbc|vpn|unerwarteter|interner|schwerwiegender|allgemeiner"
    r"|unbekannter)[ -](?:error|fehler)(?=[ \t]*(?:$|[:,(\[#'\"0-9-])| (?:has|have|occurred|from|at|in ['\"/]|while"
    r"|when|code|number|reading|writing|during|ist|beim)\b)",
    r"^[^\w\n]{0,4}(?:error (?:opening|reading|writing|loading|creating|connecting|saving|starting|executing"
    r"|processing|parsing|copying|deleting|accessing|while|during|response|from server)|fehler (?:beim|bei der"
    r"|in der anwendung)|erreur (?:fatale|interne|inattendue|système|lors|de connexion)|échec d(?:e (?:la "
    r"|l['’])?(?:connexion|authentification|installation|ouverture|mise|lecture|écriture|opération|requête"
    r"|chargement|session|sauvegarde)|u (?:chargement|démarrage|téléchargement|test|service))|failed to (?!impress"
    r"|attract|win|pass|qualify|appear|attend|notice|reach an?\b)\w|unable to \w|impossible d(?:e |['’])(?:ouvrir"
    r"|trouver (?!une? place)|se connecter|charger|établir|lire|démarrer|lancer|enregistrer|afficher|accéder)"
    r"|no se (?:puede|pudo|ha podido) (?:abrir|encontrar|conectar|acceder|cargar|iniciar|establecer|leer|mostrar"
    r"|completar|guardar)|impossibile (?:aprire|trovare|connettersi|caricare|accedere|stabilire))",
    r"\b(?:installation|build|compilation|setup|update|connection|log-?[io]n|authentication|operation|request|job"
    r"|task|verification|validation|initiali[sz]ation|attempt\b.{1,60}|\w{1,20} vpn|descriptor request"
    r"|method '.{1,60}) (?:has )?"
    rf"failed{_END}|\bfailed (?:with (?:result|exit|status|error)|because the control process)\b",
    r"\b(?:permission|access) (?:is |was )?denied(?=[ \t]*(?:$|[.,:;!?)('\"\]])| (?:for|to) (?:user|database|object"
    r"|path|table)\b| (?:while|when)\b)|\bpermission to \S{1,60} denied\b|\baccess denied for user\b",
    r"\b(?:zugriff (?:wurde )?verweigert(?!,)|keine berechtigung,? (?:zum|auf|um|für)|accès refusé(?! aux?\b)"
    r"|acceso denegado|accesso negato|acesso negado|toegang geweigerd|dostęp zabroniony)\b",
    r"\b(?:no such file or directory|command not found|is not recognized as an internal or external command"
    r"|is not a git command|no space left on device|device or resource busy|read-only file system"
    r"|not in gzip format|is not recoverable|connection (?:was )?(?:refused|reset|timed out|dropped"
    r"|closed by remote host)(?! after (?:the |a )?[a-z])|was refused - did you|refused to connect|(?:host"
    r"|network) (?:is )?unreachable|name or service not known|temporary failure in name resolution"
    r"|could not resolve host(?:name)?|host key verification failed|could not reliably determine"
    r"|blocked by cors policy|database is locked|deadlock found|invalid object name|login failed for user"
    r"|merge conflict in|(?<!seat is )(?<!room is )(?<!table is )already in use(?! until| by (?:the"
    r"|another) (?:company|team))|ssl certificate problem|i/o timeout(?! is\b)|timeout expired"
    r"|time-?out period elapsed|logon failure)\b",
    r"\bunable to (?:resolve|connect|access|locate|open|load|find|get|read|write|mount|start|establish|create"
    r"|launch|install|relay|print|save|complete)\b",
    r"\bthe system cannot (?:find|open|read|write|execute|move|perform|accept|contact)\b",
    r"\bthe network (?:path|name|location|address|connection) (?:was not|is not|cannot|could not|specified)\b",
    r"\b(?:the (?:parameter|user name or password|specified network password) is (?:incorrect|not correct)"
    r"|no logon servers|cyclic redundancy check|a recogni[sz]ed file system|usb device not recogni[sz]ed"
    r"|device cannot start|no bootable device(?! was ever)|operating system not found|bootmgr is missing"
    r"|proper boot device|failure predicted|did not start correctly|couldn['’]t repair your|ran into a problem"
    r"|undoing changes made|ran out of resources|type mismatch(?! between the)|subscript out of range"
    r"|object variable or with block|object required|can['’]t reach this page|can['’]t connect to the remote"
    r"|we can['’]t sign in to your|we couldn['’]t complete|location is not available|format the disk in drive"
    r"|session was disconnected|server not found|problem loading page|delivery has failed to"
    r"|printer (?:is )?offline(?!\?| on\b)|checksum error|disk boot failure|boot device found"
    r"|remote procedure call failed|setup failed to|compile error in|wrong fs type"
    r"|either not designed to run on windows|url .{1,100}was not found on this server|requested url was not found"
    r"|this page isn['’]t working|is damaged and can['’]t be opened|restarted because of a problem"
    r"|safari can['’]t (?:connect|find|open))\b",
    r"\b(?:windows|word|excel|outlook|powerpoint|acrobat|teams|onedrive|remote desktop|program|computer"
    r"|app) (?:cannot|can['’]t|could not|failed to) (?:open|find|access|connect|start|load|save|read|print|complete"
    r"|display|run|reach)\b",
    r"\b(?:windows|word|excel|outlook) (?:found unreadable|has encountered|kann (?:nicht|die|das"
    r"|den)\b.{0,60}(?:zugreifen|öffnen|finden|starten|speichern|nicht))",
    rf"\bcannot be (?:opened|accessed|read|found|started|loaded|displayed|run|saved|deleted|copied){_END}",
    r"\bcannot (?:open|access|read|load|connect to|start|save) (?:the (?:\S{1,20} ){0,2}(?:file|folders?|server|set"
    r"|printer|window)|microsoft)\b",
    r"(?:^|: |, )(?:could not|cannot|can['’]t|failed to|unable to) (?:handle|connect to|resolve|load|open|find"
    r"|locate|start|read|write|create|establish|initiali[sz]e|execute|access|push|fetch|bind|mount|remove|display"
    r"|get lock|acquire|obtain|allocate|retrieve|delete|rename|install|verify|parse)\b",
    r"\b(?:could not|failed to) (?:connect to|resolve|load|open|find|locate) (?:the |a |an "
    r"|any )?(?:\S{1,40} )?(?:server|host|file or|module|library|service|driver|device|database|assembly|class"
    r"|object|symbol|identifier|connect)\b",
    rf"\b(?:{_THING})s?\b(?: ['\"“]?[^\s]{{1,60}}){{0,4}}? (?:could not|cannot|can['’]t|was not|were not|is not)"
    rf" (?:be )?(?:found|opened|loaded|located|started|installed|reached|read|accessed|readable|printed){_END}",
    r"\.(?:dll|exe|sys|ocx|so|dylib|jar) (?:was not|is missing|is not|could not|cannot|konnte nicht|wurde nicht"
    r"|fehlt)\b",
    r"\b(?:code execution cannot proceed|procedure entry point|rpc server is unavailable|a referral was returned"
    r"|has encountered a problem|is corrupt(?:ed)? and|corrupted and unreadable|unreadable content"
    r"|this app can['’]t run|requires network level authentication|account (?:has been"
    r"|is currently) locked(?! since)|policy processing failed|quit unexpectedly|ejected properly"
    r"|not readable by this computer|(?:^[^\w\n]{0,4}|[:.!] {0,2})paper jam\b(?! is| was)|paper jam (?:in|at"
    r"|detected|occurred|error)|the trust relationship between|certificate (?:has expired|verify failed"
    r"|is not trusted)|(?:file|module) not found|something went wrong(?! with (?:the|my|our) (?!installation"
    r"|request|server|connection|update|page|app|payment|file))|an? (?:\w{1,20} )?(?:error|problem) (?:has "
    r"|was )?(?:occurred|detected|encountered)|this (?:site|page) can['’]t be (?:reached|displayed)"
    r"|secure connection failed|your connection is(?:n['’]t| not) private|took too long to respond"
    r"|temporarily down)\b",
    r"\bthere (?:was|were) (?:an? )?(?:error|problem)s? (?:while|installing|opening|connecting|processing|loading"
    r"|sending|saving|reading|resetting|starting|printing|communicating|with this website)\b",
    rf"\bhas stopped working{_END}|\bfunktioniert nicht mehr[ \t]*(?:$|\.)",
    r"\bis not responding\b(?! to\b)|\(not responding\)|\(keine rückmeldung\)|\(ne répond pas\)"
    r"|\(code \d{1,3}\)(?=[ \t]*(?:$|[.:;]))",
    r"\bein(?:e)? (?:\w{1,20} )?(?:fehler|problem|störung) (?:ist )?aufgetreten|\bist ein .{0,30}(?:fehler"
    r"|problem) aufgetreten|\b(?:datei|ordner|(?:netzwerk)?pfad|(?:rpc-)?server|gerät|modul|programm|anwendung"
    r"|verbindung|website|drucker|treiber|element|dienst|volume|datenträger)\b.{0,60} (?:konnte|wurde|kann|werden"
    r"|ist) nicht .{0,30}?(?:gefunden|geöffnet|gestartet|geladen|hergestellt|gelesen|ausgeführt|installiert"
    r"|erreicht|verfügbar|vorhanden|erreichbar)|\b(?:server|datei|seite) nicht gefunden"
    r"|angegebene \w{1,20} nicht finden|\bverbindung wurde (?:zurückgesetzt|unterbrochen|getrennt)(?!, weil)",
    r"\bune erreur (?:\w{1,20} )?(?:s['’]est|est (?:survenue|apparue|intervenue|détectée))|\b(?:fichier|serveur"
    r"|chemin|réseau|page|site|module|programme)\b.{0,60}(?:est introuvable|est inaccessible|ne peut pas)",
    r"\b(?:verbindung|anmeldung|vorgang|installation|authentifizierung|aktualisierung|update|übertragung"
    r"|synchronisierung|einrichtung|sicherung) (?:ist )?fehlgeschlagen|\bkann keine verbindung (?:mit|zu)"
    r"|\bkeine verbindung (?:mit|zu)\b.{1,30} möglich|\bseite kann nicht angezeigt werden"
    r"|\bnicht genügend (?:arbeitsspeicher|speicher(?:platz)?|ressourcen)\b|\bauf ein problem gestoßen"
    r"|\bvertrauensstellung zwischen|^\W{0,4}papierstau\b|\bdrucker (?:ist )?offline[ \t]*(?:$|[.:!])",
    r"\berreur d['’]exécution|\b(?:connexion|installation|opération|authentification|mise à jour|session) a échoué"
    r"|\b(?:mémoire|espace(?: disque)?) insuffisante?\b|^\W{0,4}bourrage papier|\bimprimante est hors (?:connexion"
    r"|ligne)\b|\bdélai d['’](?:attente|expiration) dépassé|\ba rencontré un problème et doit"
    r"|\ba cessé de fonctionner",
    r"\bse (?:ha producido|produjo) un error|\berror (?:fatal|inesperado|de tiempo de ejecución|de conexión)"
    r"|\bel sistema no puede\b",
    r"\bsi è verificato un errore|\bwystąpił błąd|\ber is een fout opgetreden|\bocorreu um erro"
    r"|\bett fel (?:har )?inträffa",
)
"""Fixed phrases of systems, run-time libraries, browsers and office programs, in the languages of their users."""

EXACT = (*NAMES, *TRACES)
