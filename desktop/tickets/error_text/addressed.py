"""What programs say to the person before them, in small letters: you may not, your session has, we could not.

People write these words too, so each pattern names a thing that only a computer has, or a right, as the object.
"""

_YOURS = (
    r"(?:account|(?:work |school )?credentials|microphone|camera|mailbox|password|pin|user ?name|session|device"
    r"|browser|clock|(?:internet |network )?connection|computer|pc|mac|sign-in|login|licen[cs]e|subscription"
    r"|certificate|domain|disk|startup disk|printer|network|proxy|vpn|profile|message|e-?mail|upload|download"
    r"|system|antivirus|organi[sz]ation['’]s policies|user master record|token|firewall)"
)
_STATE = (
    r"(?:incorrect|invalid|wrong|full|almost full|locked|locked out|disabled|suspended|deactivated|expired|blocked"
    r"|interrupted|lost|rejected|denied|private|secure|connected|valid|recogni[sz]ed|supported|activated|compatible"
    r"|available|registered|working|behind|ahead|up to date|delivered|sent|verified|found|matched|authori[sz]ed"
    r"|sufficiently maintained|set up|responding|reset|terminated|corrupt|damaged|low on \w{2,12}|out of date"
    r"|running low)"
)
_END = r"(?=[ \t]*(?:$|[.,:;!('\"”)]| (?:because|due to|or|and|by|for (?:this|too)|on this)\b))"
_SUBJECT = r"(?:this|that|the|your|any|these|an?)"
_OBJECT = (
    r"(?:(?:\S{1,20} ){0,3}?(?:files?|folders?|documents?|directory|workbook|app|application|program|action"
    r"|operation|page|site|feature|resource|server|device|printer|item|transaction|system|computer|network|account"
    r"|mailbox|meeting|channel|link|attachment|library|report|database|drive|session|update|message|workspace))\b"
)
_TRY = (
    r"(?:connect|sign|log|sync|load|verify|find|complete|save|open|reach|access|start|install|set up|get|download"
    r"|upload|send|activate|detect|process|display|play|check|create|update|establish|recogni[sz]e|read"
    r"|authenticate|join)"
)

ADDRESSED = (
    rf"\byour {_YOURS}(?: to \S{{3,60}})? (?:(?:is|was|has|are|were|could|did|does|can)(?: not|n['’]t)"
    rf"|cannot) (?:been |be )?(?:\w{{3,12}}ly )?(?:{_STATE}|work|match){_END}",
    rf"\byour {_YOURS} (?:has been |have been |has |have |is |are |was |were )(?:temporarily |almost |already "
    rf"|currently )?"
    r"(?:incorrect|invalid|full|locked|locked out|disabled|suspended|deactivated|expired|blocked|interrupted|rejected"
    rf"|timed out|behind|out of date|damaged|low on \w{{2,12}}){_END}",
    rf"\byou (?:do not|don['’]t) (?:currently )?have (?:(?:the )?(?:required |necessary |sufficient |enough "
    rf"|appropriate |proper |correct )?(?:permissions?|rights|privileges|access|authori[sz]ation)|access) (?:to|for"
    rf"|on) (?:\w{{2,12}} )?{_SUBJECT} {_OBJECT}",
    rf"\byou (?:can['’]t|cannot|may not|are not allowed to"
    rf"|are not permitted to) (?:\w{{2,12}} ){{1,2}}{_SUBJECT} {_OBJECT}"
    r"(?=.{0,20}\b(?:because|at this time|right now|while|until|since|from here|on this)\b|[ \t]*$)",
    r"\byou(?:['’]ll| will)? (?:need|have) to be an? (?:administrator|admin) to\b|\byou(?:['’]ll"
    r"| will)? need (?:a new app|an app|administrator permission|to provide administrator)\b",
    r"\byou are not authori[sz]ed to \w|\byou (?:have|['’]ve) (?:exceeded|reached) (?:the"
    r"|your) (?:\w{2,20} ){0,2}(?:quota|limit|number of (?:attempts|logons|sessions|devices))\b",
    rf"^[^\w\n]{{0,4}}(?:sorry, |we['’]re sorry, |hmm\W{{1,3}})?(?:but )?we (?:couldn['’]t|could not|can['’]t"
    rf"|cannot|(?:were|are) unable to|are not able to) (?:(?:sign|log|connect|verify|set|authenticate"
    rf"|recogni[sz]e) you(?: (?:in|up|out|to|with)\b|{_END})|(?!(?:find|get|read|open|check|reach) your (?:message"
    rf"|e-?mail|computer|device)){_TRY} (?:to )?your (?:\w{{2,20}} ){{0,2}}?{_YOURS}\b"
    rf"|{_TRY} (?:to )?(?:the (?:update |sync |sign-in )?(?:server|service|internet|network)|(?:this"
    rf"|that) {_OBJECT}){_END})",
    rf"\bwe(?:['’]re| are| were) (?:unable to|having (?:trouble|problems|difficulty)) {_TRY}(?:ing|ting"
    rf"|ding)?(?:{_END}| (?:to )?(?:your|this|that|the) (?:\w{{2,20}} ){{0,1}}?(?:{_YOURS}|server|service|internet"
    rf"|page|site|app)\b)|\bwe(?:['’]re| are) having trouble (?:finding that site|getting your|with your (?:account"
    rf"|connection|license))\b",
    rf"\bwe (?:found|ran into|encountered|['’]ve run into|have encountered) (?:an? )?(?:\w{{2,12}} )?(?:problem"
    rf"|error)(?: with (?:some|the|this|your) {_OBJECT}|[ \t]*[.:(]|[ \t]*$)",
    r"\b(?:organi[sz]ation|administrator|group|security|system|network|it)(?:['’]s)? polic(?:y"
    r"|ies)\b.{1,60}\bprevent(?:s|ed|ing)?\b.{1,40}\bfrom\b|\b(?:preventing|prevents|prevented) (?:it|you"
    r"|this \w{3,20}) from (?:\w{3,20}ing)\b",
    r"\bsie (?:verfügen nicht über|haben (?:nicht die|keine|keinen)) (?:\w{3,20}n )?(?:berechtigung(?:en)?|rechte"
    r"|zugriff(?:srechte)?)\b|\bsie sind nicht (?:berechtigt|autorisiert|befugt)\b",
    r"\bihr(?:e|en)? (?:konto|benutzerkonto|sitzung|lizenz|kennwort|passwort|postfach|verbindung|gerät|browser|uhr"
    r"|abonnement|anmeldung|nachricht|zertifikat)\b(?: [^\s.!?]{1,30}){0,4}? (?:gesperrt|deaktiviert|abgelaufen"
    r"|voll|unterbrochen|getrennt|falsch|ungültig|blockiert|nicht (?:sicher|zugestellt|gesendet|unterstützt"
    r"|gefunden|aktiviert)(?: werden)?)(?=[ \t]*(?:$|[.,:;!(]))",
    r"\bvous n['’](?:avez pas (?:l['’]autorisation|les (?:autorisations|droits)|accès|la permission|le droit)"
    r"|êtes pas (?:autorisée?|habilitée?))",
    r"\bvotre (?:session|connexion|compte|mot de passe|licence|boîte aux lettres|abonnement|message|appareil"
    r"|navigateur)\b (?:a expiré|n['’](?:est|a) pas (?:été |pu être )?\w{3,15}|est (?:verrouillée?|désactivée?"
    r"|bloquée?|pleine|expirée?)|a été (?:verrouillée?|désactivée?|bloquée?|interrompue?|refusée?))\b",
    r"\b(?:no tiene|usted no tiene) (?:los )?(?:permisos?|derechos|privilegios|acceso|autorización) para\b"
    r"|\bsu (?:sesión|cuenta|contraseña|licencia) (?:ha (?:caducado|expirado)|está bloquead[oa]"
    r"|ha sido bloquead[oa])\b",
    r"\bnon (?:si dispone|hai|dispone) (?:delle |di |dell['’])?(?:autorizzazion[ei]|permess[oi]|diritti)\b",
)
"""English, German, French, Spanish, Italian."""
