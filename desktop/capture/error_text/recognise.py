"""Does a text look like an error message? Then it is offered for the ticket; prose and passwords are left alone.

Judged by signs that programs leave and people do not write. A text without any sign is prose.
"""

import re

_LOOKED_AT = 4 * 1024
"""Characters looked at from either end: a stack trace names its error first or last."""

_NUMBERS = (
    r"\b0x[0-9A-F]{8}(?:[0-9A-F]{8})?\b",
    r"(?<![\w.-])-214[67]\d{6}\b",
    r"\b(?:ORA|TNS|SQL|MSB|CS|LNK|TS|DB2|IMAP|AADSTS|PLS|WSUS|CAA)-?\d{4,7}[A-Z]?\b(?=[ \t]*[:)\]]|[ \t]*$)",
    r"\bSQLSTATE\b",
    r"\b(?:4\d\d|5\d\d) (?:Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Request Time-?out|Conflict"
    r"|Gone|Too Many Requests|Internal Server Error|Not Implemented|Bad Gateway|Service Unavailable"
    r"|Gateway Time-?out)\b",
)
"""HRESULT, NTSTATUS, stop codes, addresses (MS-ERREF); HRESULTs in decimal; vendors' numbers; RFC 9110, section 15."""

_NAMES = (
    r"\bE(?:PERM|NOENT|INTR|IO|NXIO|BADF|AGAIN|NOMEM|ACCES|FAULT|BUSY|EXIST|XDEV|NODEV|NOTDIR|ISDIR|INVAL|MFILE|NOSPC"
    r"|ROFS|PIPE|DEADLK|NAMETOOLONG|NOTEMPTY|LOOP|PROTO|ADDRINUSE|ADDRNOTAVAIL|NETDOWN|NETUNREACH|CONN(?:ABORTED|RESET"
    r"|REFUSED)|TIMEDOUT|HOSTDOWN|HOSTUNREACH|STALE|DQUOT|NOTFOUND|AI_AGAIN|_FAIL|_ACCESSDENIED|_OUTOFMEMORY|_INVALIDARG"
    r"|_NOINTERFACE|_POINTER|_HANDLE|_UNEXPECTED)\b",
    r"\b(?:STATUS|ERROR|ERR|SEC_E|RPC_[SE]|NS_ERROR|DXGI_ERROR|SSL_ERROR|DNS_PROBE)_[A-Z][A-Z0-9_]{3,60}\b",
    r"\b[A-Z]{3,20}(?:_[A-Z]{2,20}){0,5}_(?:FAILURE|FAULT|VIOLATION|NOT_HANDLED|NOT_LESS_OR_EQUAL|TIMEOUT|CORRUPTION)\b",
    r"\bSIG(?:SEGV|ABRT|BUS|ILL|FPE|KILL|TERM)\b",
    r"\b(?:[A-Za-z_]\w{0,60}[.:]{1,2}){1,10}[A-Za-z_]\w{0,60}(?:Exception|Error)\b",
    r"^[^\w\n]{0,4}(?:Uncaught |Unhandled |Caused by: |Exception in thread \"[^\"\n]{0,80}\" )?(?:\([^)\n]{1,30}\) )?"
    r"[A-Z]\w{2,60}(?:Exception|Error)\b(?=[ \t]*[:(]|[ \t]*$)",
)
"""errno.h, winerror.h, ntstatus.h, stop codes, browsers, signals; exceptions with a path or at the start of a line."""

_TRACES = (
    r"Traceback \(most recent call last\)",
    r"^[ \t]{0,12}File \"[^\"\n]{1,300}\", line \d+",
    r"^[ \t]{1,12}at (?:async )?[\w.$<>\[\]`/@:-]{1,200}(?: \[as \w+\])? ?\(",
    r"^[ \t]{1,12}(?:at|bei|à|en) [\w.$<>`]{3,200}\(.{0,200}\) ?(?:in|:)",
    r"^[ \t]{0,8}(?:from )?[\w./-]{1,200}\.rb:\d{1,6}:in ",
    r"^goroutine \d+ \[",
    r"^panic: ",
    r"\bthread '[^'\n]{0,80}' (?:\(\d+\) )?panicked at ",
    r"^[ \t]{0,4}#\d{1,3} +0x[0-9a-f]{6,16} in ",
    r"\b(?:Stack ?trace|Stapelüberwachung|Call stack|Backtrace):",
    r"\bon line \d+\b.{0,20}$",
    r"^.{0,60}(?:\[|\b)(?:ERROR|FATAL|CRITICAL|SEVERE)(?:\]|\b) {0,3}[\[:\-|(\w]",
)
"""Stack traces of Python, Java, JavaScript, .NET, Ruby, Go, Rust, gdb, PHP; lines of logs."""

_SAID = (
    r"\bat line:? ?\d+,? (?:char(?:acter)?|col(?:umn)?):? ?\d+\b",
    r"(?:(?<![\w-])(?:error|fehler|erreur|errore|fout|błąd|fel|chyba|ошибка|fail|failed|failure)"
    r"(?:[ -]?(?:code|number|no\.?|nr\.?|id|kod|n°|#))?[ \t]{0,3}[:#=(]?[ \t]{0,3}\(?-?(?:0x[0-9A-F]+|[1-9]\d{1,9})\b"
    r"(?! ?(?:%|€|\$|percent|minutes?|hours?|days?|weeks?|times?|people|invoices?|orders?|years?)))",
    r"(?:(?:error|stop|status|result|exit|return|bugcheck|fehler|event)[ -]?(?:code|status|wert|id)s?"
    r"(?: (?:is|was|of|ist|war))?[ \t]{0,3}[:#=]?[ \t]{0,3}-?(?:0x[0-9A-F]+|[1-9]\d{0,9})\b)",
    r"\bexit(?:ed|s)? (?:with )?(?:non-zero )?(?:code|status) -?[1-9]",
    r"^[^\w\n]{0,4}(?:\S{1,40} ){0,4}?\[?(?:error|fatal|fatal error|critical|severe|panic|fehler|erreur|errore|err!)\]?"
    r"\s?(?:\[\w{1,20}\])?:[ \t]*\S",
    r"\b(?:segmentation fault|core dumped|access violation|blue screen|kernel panic|out of memory|stack overflow"
    r"|null ?pointer|assertion .{1,80} failed|unhandled exception|unexpected error|fatal error|runtime error"
    r"|syntax error|internal error|general protection fault|heap corruption|bus error|unbehandelte ausnahme"
    r"|schwerwiegender fehler|unerwarteter fehler|allgemeiner fehler)\b",
    r"\b(?:(?:permission|access) (?:is )?denied|zugriff verweigert|accès refusé|no such file or directory"
    r"|command not found|is not recognized as an internal or external command|no space left on device"
    r"|connection (?:was )?(?:refused|reset|timed out)|host unreachable|network is unreachable"
    r"|the (?:system|network) (?:cannot|path|name|file|location)|cannot be opened because"
    r"|has stopped working|funktioniert nicht mehr|(?:is )?not responding|an error (?:has )?occurred"
    r"|ein fehler aufgetreten|es ist ein .{0,30}fehler|une erreur (?:s'est|est)|se ha producido un error"
    r"|could not (?:be )?(?:found|load|open|connect|resolve|start)\b.{0,80}|the trust relationship between"
    r"|certificate (?:has expired|verify failed|is not trusted)|(?:file|module) not found|disk is full)",
)
"""Numbers that follow the word, PowerShell's place, and the fixed phrases of systems and run-time libraries."""

_EXACT = re.compile("|".join((*_NAMES, *_TRACES)), re.MULTILINE)
_LOOSE = re.compile("|".join((*_NUMBERS, *_SAID)), re.IGNORECASE | re.MULTILINE)


def looks_like_error(text: str) -> bool:
    """Whether the text bears a sign of an error message. Cost is bounded whatever the text's length."""
    if len(text) > 2 * _LOOKED_AT:
        text = f"{text[:_LOOKED_AT]}\n{text[-_LOOKED_AT:]}"
    return _EXACT.search(text) is not None or _LOOSE.search(text) is not None
