"""Numbers of social security and the like: each country's form and check digits, by its name where those are weak."""

import re
from collections.abc import Callable, Iterator

from desktop.capture.redact.secret import Found, SecretKind

_SSN = re.compile(r"(?<![\w-])\d{3}([- ])\d{2}\1\d{4}(?![\w-])")
_SSN_NAMED = re.compile(
    r"(?:\bSSN|social[ -]security(?:[ -](?:number|no\.?|#))?)\W{0,4}(\d{3}[- ]?\d{2}[- ]?\d{4})(?!\d)", re.IGNORECASE
)
_BY_FORM = (
    ("ch.ssn", re.compile(r"(?<![\w.])756[. ]\d{4}[. ]\d{4}[. ]\d\d(?![\w.])")),
    ("it.codicefiscale", re.compile(r"\b[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]\b")),
    ("fr.nir", re.compile(r"(?<![\w.])[12] \d\d \d\d (?:\d\d|2[AB]) \d{3} \d{3}(?: \d\d)(?![\w.])")),
)
"""Whose check digits, and a form that nothing else has."""
_BEHIND = r"[^\W\d_]{0,20}(?:[ -]?(?:number|nummer|nr|no|n°)\.?)?[ \t]{0,3}[:#=]?[ \t]{0,9}"
_BY_NAME = (
    ("fr.nir", rf"(?:\bNIR|sécurité sociale|sécu){_BEHIND}", r"[12][ ]?(?:\d[ ]?){4}(?:\d\d|2[AB])[ ]?(?:\d[ ]?){7}\d"),
    ("de.idnr", rf"\b(?:steuer(?:[ -]?id\w{{0,20}})?|idnr|tin){_BEHIND}", r"\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}"),
    ("", rf"(?:sozialversicherung|rentenversicherung|\bSV-?N|\bRVN){_BEHIND}", r"\d\d[ ]?\d{6}[ ]?[A-Z][ ]?\d{3}"),
    ("at.vnr", rf"(?:sozialversicherung|\bSV-?N){_BEHIND}", r"\d{4}[ ]?\d{6}"),
    ("nl.bsn", rf"(?:\bBSN|burgerservice){_BEHIND}", r"\d{4}[. ]?\d{2}[. ]?\d{3}|\d{3}[. ]\d{3}[. ]\d{3}"),
    ("ca.sin", rf"(?:\bSIN|social insurance){_BEHIND}", r"\d{3}[- ]?\d{3}[- ]?\d{3}"),
    ("es.nif", rf"\b(?:NIF|DNI|NIE){_BEHIND}", r"[XYZ]?\d{7,8}[- ]?[A-Z]"),
    ("", rf"(?:\bNINO|national insurance|\bNI[ ]n){_BEHIND}", r"[A-Z]{2}[ ]?\d\d[ ]?\d\d[ ]?\d\d[ ]?[A-D]"),
    ("br.cpf", rf"\bCPF{_BEHIND}", r"\d{3}\.?\d{3}\.?\d{3}-?\d\d"),
    ("pl.pesel", rf"\bPESEL{_BEHIND}", r"\d{11}"),
    ("se.personnummer", rf"\b(?:person|samordnings){_BEHIND}", r"(?:\d\d)?\d{6}[-+ ]?\d{4}"),
    ("dk.cpr", rf"\b(?:CPR|person){_BEHIND}", r"\d{6}[- ]?\d{4}"),
    ("no.fodselsnummer", rf"\b(?:fødsels|person|f\.?nr){_BEHIND}", r"\d{6}[ ]?\d{5}"),
    ("fi.hetu", rf"\b(?:hetu|henkilötunnus){_BEHIND}", r"\d{6}[-+A-F]\d{3}[0-9A-Y]"),
    ("be.nn", rf"\b(?:rijksregister|registre national|NISS|INSZ){_BEHIND}", r"\d\d\.?\d\d\.?\d\d-?\d{3}\.?\d\d"),
    ("cz.rc", rf"\b(?:rodné číslo|RČ){_BEHIND}", r"\d{6}/?\d{3,4}"),
    ("pt.nif", rf"\b(?:NIF|contribuinte){_BEHIND}", r"\d{3}[ ]?\d{3}[ ]?\d{3}"),
    ("tr.tckimlik", rf"\b(?:TC(?:KN)?|T\.C\.|kimlik){_BEHIND}", r"\d{11}"),
    ("in.aadhaar", rf"\b(?:aadhaar|UIDAI){_BEHIND}", r"\d{4}[ ]?\d{4}[ ]?\d{4}"),
    ("mx.curp", rf"\bCURP{_BEHIND}", r"[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-Z]\d"),
)
"""Whose check digits, names that stand before, what a number looks like; without check digits the form has to do."""
_NAMED = tuple(
    (whose, re.compile(rf"{name}(?P<number>{form})(?![\w])", re.IGNORECASE)) for whose, name, form in _BY_NAME
)


def social_security(text: str) -> Iterator[Found]:
    """Numbers of social security, or of a person's taxes where those serve as such."""
    is_valid = _checks()
    for match in _SSN.finditer(text):
        if is_valid["us.ssn"](re.sub(r"\D", "", match[0])):
            yield Found(match.start(), match.end(), SecretKind.SOCIAL_SECURITY)
    for match in _SSN_NAMED.finditer(text):
        if is_valid["us.ssn"](re.sub(r"\D", "", match[1])):
            yield Found(match.start(1), match.end(1), SecretKind.SOCIAL_SECURITY)
    for whose, form in _BY_FORM:
        for match in form.finditer(text):
            if is_valid[whose](match[0]):
                yield Found(match.start(), match.end(), SecretKind.SOCIAL_SECURITY)
    for whose, form in _NAMED:
        for match in form.finditer(text):
            if not whose or is_valid[whose](match["number"]):
                yield Found(match.start("number"), match.end("number"), SecretKind.SOCIAL_SECURITY)


def _checks() -> dict[str, Callable[[str], bool]]:
    """By country and kind; asked for late, since a start needs none."""
    from stdnum.at import vnr
    from stdnum.be import nn
    from stdnum.br import cpf
    from stdnum.ca import sin
    from stdnum.ch import ssn as ahv
    from stdnum.cz import rc
    from stdnum.de import idnr
    from stdnum.dk import cpr
    from stdnum.es import nif
    from stdnum.fi import hetu
    from stdnum.fr import nir
    from stdnum.in_ import aadhaar
    from stdnum.it import codicefiscale
    from stdnum.mx import curp
    from stdnum.nl import bsn
    from stdnum.no import fodselsnummer
    from stdnum.pl import pesel
    from stdnum.pt import nif as contribuinte
    from stdnum.se import personnummer
    from stdnum.tr import tckimlik
    from stdnum.us import ssn

    return {
        "at.vnr": vnr.is_valid,
        "be.nn": nn.is_valid,
        "br.cpf": cpf.is_valid,
        "ca.sin": sin.is_valid,
        "ch.ssn": ahv.is_valid,
        "cz.rc": rc.is_valid,
        "de.idnr": idnr.is_valid,
        "dk.cpr": cpr.is_valid,
        "es.nif": nif.is_valid,
        "fi.hetu": hetu.is_valid,
        "fr.nir": nir.is_valid,
        "in.aadhaar": aadhaar.is_valid,
        "it.codicefiscale": codicefiscale.is_valid,
        "mx.curp": curp.is_valid,
        "nl.bsn": bsn.is_valid,
        "no.fodselsnummer": fodselsnummer.is_valid,
        "pl.pesel": pesel.is_valid,
        "pt.nif": contribuinte.is_valid,
        "se.personnummer": personnummer.is_valid,
        "tr.tckimlik": tckimlik.is_valid,
        "us.ssn": ssn.is_valid,
    }
