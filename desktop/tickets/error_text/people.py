"""How people write of errors and of other things, in small letters: what no program says of its own failure."""

PERSONAL = (
    r"(?<![\w/])(?:i(?!/)|i['’](?:m|ve|d)|my|me|we(?!['’]re sorry\b)|our|us|he|him|his|she|her|they|them|ich|mich"
    r"|mir|meine?[mnrs]?|wir|uns(?:ere?[mnrs]?)?|je|j['’]\w|mon|mes|nous|notre|yo|nosotros)\b"
)
"""Words of people about themselves and others."""

SUPPOSED = r"^\W{0,4}(?:if|when|whenever|should|unless|falls|wenn|sollte|sobald|si|quand|lorsque|cuando)\b"
"""How a line begins that tells what to do if something fails."""

IF = r"^\W{0,4}(?:if|unless|should|falls|wenn|sollte|si)\b"
"""The same, but for what programs say too: when opening the file an error occurred."""

ASKED = (
    r"^\W{0,4}(?:how|why|what|where|who|which|does (?!not)|did (?!not)|has (?:any|some)|(?:could|can|would) (?:you"
    r"|i|we|some|any|the|one)|wie|warum|wieso|weshalb|kannst|comment|pourquoi|est-ce|cómo|por qué|dónde)\b"
    r"|^\W{0,4}(?:(?:re|fwd?|aw|wg|tr|rv)\b ?: |(?:subject|betreff|objet|asunto|oggetto) ?: )|\b(?:how to"
    r"|what to do|reasons? (?:why|that|for)|(?:steps|ways|tips) to|guide to|troubleshooting|says? that"
    r"|system requirements)\b|^\W{0,8}(?:fixed|resolved|solved|solution|known issue|release notes|behoben|gelöst"
    r"|lösung|résolu)\b"
)
"""Questions without their mark, subjects of mails, headings of guides and of what is over."""

TOLD = (
    r"\b(?:today|yesterday|tomorrow|tonight|this (?:morning|week|evening|afternoon)|last (?:week|month|year|night)"
    r"|next (?:week|month|year)|anymore|any more|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|january"
    r"|february|march|april|june|july|august|september|october|november|december|spring|summer|winter|told|said"
    r"|colleagues?|thanks|lol|anyone|somebody|someone|nobody|everybody|heute|gestern|morgen|montags?|dienstags?"
    r"|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|wochenende|sagte|danke|kollegin|kollege|aujourd['’]hui"
    r"|demain|ce (?:soir|matin)|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hoy|ayer|mañana|lunes|martes"
    r"|miércoles|jueves|viernes|sábado|domingo)\b"
)
"""Words about when and by whom: programs name a day by its date, and nobody."""
