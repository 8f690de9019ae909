"""What the small print above a field calls it, in the languages of many documents.

Doc 9303-3, 3.3 asks for captions in English, French or Spanish beside the national language. The
table is our own. Words are bare small letters; a longer caption is more telling than a short one.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_CAPTIONS: dict[str, tuple[str, ...]] = {
    "surname": (
        "nom de famille", "primary identifier", "apellido paterno", "sobrenome", "nama keluarga",
        "abizenak", "kenyenom",
        "surname", "nom", "last name", "family name", "apellidos", "apellido", "nachname",
        "familienname", "cognome", "apelido", "apelidos", "nazwisko", "prijmeni", "priezvisko",
        "prezime", "priimek", "achternaam", "efternavn", "etternavn", "efternamn", "sukunimi",
        "perekonnanimi", "uzvards", "pavarde", "nume", "soyadi", "vezeteknev", "mbiemri", "eponymo",
    ),
    "given_names": (
        "secondary identifier", "skirnarnafn", "eiginnafn", "nama depan", "nombre de pila",
        "given names", "given name", "prenoms", "prenom", "first name", "first names", "forenames",
        "nombres", "nombre", "vornamen", "vorname", "nomi", "nomes", "nomes proprios", "imiona",
        "jmena", "jmeno", "meno", "ime", "imena", "voornamen", "fornavne", "fornavn", "fornamn",
        "etunimet", "eesnimed", "vardi", "vardai", "prenume", "adi", "utonev", "emri", "onoma",
    ),
    "name": ("name", "full name", "name of holder"),
    "nationality": (
        "citizenship", "citoyennete", "ciudadania", "rikisfang", "naisiuntacht",
        "kewarganegaraan", "statsborgarskap", "nacionalitat",
        "nationality", "nationalite", "nacionalidad", "staatsangehorigkeit", "cittadinanza",
        "nacionalidade", "obywatelstwo", "statni obcanstvi", "drzavljanstvo", "nationaliteit",
        "nationalitet", "statsborgerskap", "medborgarskap", "kansalaisuus", "kodakondsus",
        "pilsoniba", "pilietybe", "cetatenia", "uyrugu", "allampolgarsag", "shtetesia",
    ),
    "birth_date": (
        "born", "born on", "nacido el", "geboren am", "nato il", "fodd", "fodt", "faedingardagur",
        "data breithe", "tarikh lahir", "tanggal lahir", "tarehe ya kuzaliwa", "ngay sinh",
        "data naixement", "data nascimento",
        "date of birth", "date de naissance", "birth date", "birth", "fecha de nacimiento",
        "geburtsdatum",
        "geburtstag", "data di nascita", "data de nascimento", "data urodzenia", "datum narozeni",
        "datum narodenia", "datum rodenja", "datum rojstva", "geboortedatum", "fodselsdato",
        "fodelsedatum", "syntymaaika", "sunniaeg", "dzimsanas datums", "gimimo data",
        "data nasterii", "dogum tarihi", "szuletesi ido", "datelindja",
    ),
    "issue_date": (
        "expedicion", "fecha de emision", "delivre le", "ausgestellt am",
        "rilasciato il", "utfardad", "utstedt den", "udstedt den", "utgafudagur",
        "tarikh dikeluarkan", "tanggal pengeluaran", "verilis tarihi", "tarehe ya kutolewa",
        "data eliberarii", "data emiterii", "kiallitas datuma", "izdosanas datums", "isdavimo data",
        "valido desde", "valid since",
        "date of issue", "date de delivrance", "issue date", "issue", "fecha de expedicion",
        "issued on",
        "ausstellungsdatum", "datum der ausstellung", "data di rilascio", "data de emissao",
        "data wydania", "datum vydani", "datum izdavanja", "datum izdaje", "datum van afgifte",
        "udstedelsesdato", "utstedelsesdato", "utfardandedatum", "myonnetty", "valid from",
        "valable du", "gultig ab",
    ),
    "expiry_date": (
        "expires", "expire le", "caducidad", "vencimiento", "fecha de vencimiento", "ablaufdatum",
        "valido hasta", "valido ate", "valido fino al", "gildir til", "tarikh tamat",
        "tanggal habis berlaku", "tarehe ya mwisho", "lejarat datuma", "valabil pana la",
        "valid till",
        "date of expiry", "date d expiration", "expiry date", "expiration date", "expiry",
        "date of expiration", "fecha de caducidad", "valid until", "valid to", "expires on",
        "gultig bis", "data di scadenza", "data de validade", "valable jusqu au", "data waznosci",
        "platnost do", "datum isteka", "datum poteka", "geldig tot", "gyldig til", "giltig till",
        "viimeinen voimassaolopaiva", "kehtiv kuni", "deriga lidz", "galioja iki", "data expirarii",
        "son gecerlilik tarihi", "until", "au",
    ),
    "sex": (
        "gender", "genero", "jantina", "jenis kelamin", "jinsia",
        "sex", "sexe", "sexo", "geschlecht", "sesso", "plec", "pohlavi", "pohlavie", "spol",
        "geslacht", "kon", "kjonn", "kon sex", "sukupuoli", "sugu", "dzimums", "lytis", "cinsiyeti",
        "nem", "gjinia",
    ),
    "document_number": (
        "passport nr", "no du passeport", "numero de passeport", "numero de pasaporte",
        "numero di passaporto", "numero do passaporte", "reisepassnummer", "dokumentennummer",
        "kartennummer", "kortnummer", "visanummer", "vegabrefsnumer", "nombor pasport",
        "nomor paspor", "pasaport no", "nambari ya pasipoti", "numarul pasaportului",
        "utlevelszam", "pases numurs", "paso numeris", "permit no", "permit number",
        "document nr", "nr dokumentu", "broj dokumenta",
        "passport no", "no de passeport", "passport number", "document no", "document number",
        "no du document", "card no", "card number", "identity card no", "no de la carte",
        "numero de documento", "pasaporte no", "reisepass nr", "passnummer", "ausweisnummer",
        "passaporto n", "passaporte no", "visa no", "visa number", "no du visa", "numero",
        "number of visa", "nr paszportu", "cislo pasu", "broj putovnice", "paspoortnummer",
    ),
    "passport_number": (
        "number of passport", "passport of holder", "numero du passeport", "travel document no",
        "no du document de voyage",
    ),
    "personal_number": (
        "personal no", "no personnel", "personal number", "numero personnel", "personal id no",
        "national id no", "identity no", "numero personal", "persoonsnummer", "personnummer",
        "identifikacioni broj", "pesel", "isikukood", "personas kods",
    ),
    "birth_place": (
        "place of birth", "lieu de naissance", "lugar de nacimiento", "geburtsort",
        "luogo di nascita", "local de nascimento", "miejsce urodzenia", "misto narozeni",
        "mjesto rodenja", "geboorteplaats", "fodested", "fodelseort",
    ),
    "authority": (
        "authority", "autorite", "autoridad", "behorde", "autorita", "autoridade", "issuing office",
        "issuing authority", "organ wydajacy", "myndighed", "instantie", "issued by",
    ),
    "card_access_number": ("can", "card access number"),
    "document_code": ("type", "tipo", "typ", "category", "categorie"),
    "issuing_state": ("code", "codigo", "kod", "country code", "state", "code of state", "pays"),
    "entries": ("entries", "number of entries", "nombre d entrees"),
    "signature": ("signature", "holder s signature", "signature du titulaire", "unterschrift"),
    "height": ("height", "taille", "grosse"),
    "residence": ("residence", "domicile", "address", "wohnort", "adresse"),
}  # fmt: skip
LEAST_SCORE = 84.0
LEAST_OF_FEW = 74.0
CLEARLY_BETTER = 8.0
BETTER = 4.0
WHOLE = 90.0
LEAST_OF_SHORT = 80.0
LEAST_WHOLE = 2 / 3
_SHORT = 5
_FEWEST_LETTERS = 3


def bare(text: str) -> str:
    """Small letters without marks; everything else is a blank."""
    letters = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(c if c.isascii() and c.isalpha() else " " for c in letters if c.isprintable())
    return " ".join(kept.split())


def _plain(text: str) -> str:
    marks = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare(marks)


def field_of_caption(
    caption: str, among: Collection[str] | None = None
) -> tuple[str, float] | None:
    """The field that a caption names, and how well it fits, 0..110; None where it names none.

    The caption may be misread in places and hold several languages. `among` are the fields that
    the value's own form leaves: of these, one that fits poorly but clearly better than the others
    is enough. Where two fields fit nearly alike, none is named.
    """
    text = _plain(caption)
    if len(text.replace(" ", "")) < _FEWEST_LETTERS:
        return None
    ranked = sorted(
        (
            (max(_fit(phrase, text) + min(len(phrase), 12) * 0.8 for phrase in phrases), field)
            for field, phrases in _CAPTIONS.items()
        ),
        reverse=True,
    )
    score, field = ranked[0]
    beaten_by = CLEARLY_BETTER if among is not None else BETTER
    if score >= LEAST_SCORE and score - ranked[1][0] < beaten_by:
        return None
    if score >= LEAST_SCORE and (among is None or field in among):
        return field, score
    if among is None:
        return None
    left = [each for each in ranked if each[1] in among]
    if len(left) < 2 or left[0][0] < LEAST_OF_FEW or left[0][0] - left[1][0] < CLEARLY_BETTER:
        return None
    return left[0][1], left[0][0]


def is_phrase(text: str) -> bool:
    """Whether a text is a caption and nothing else, in one language or several.

    A short word may be a name as well, so it is one only beside a longer one: SURNAME / NOM.
    """
    parts = [part for part in (_plain(each) for each in text.split("/")) if part]
    if any(c.isdigit() for c in text.lstrip("0123456789. ")) or not parts:
        return False
    return max(map(len, parts)) >= _SHORT and all(map(_is_whole, parts))


def _is_whole(part: str) -> bool:
    return any(
        part == phrase or (len(phrase) >= _SHORT and fuzz.ratio(phrase, part) >= WHOLE)
        for phrases in _CAPTIONS.values()
        for phrase in phrases
    )


def _is_scraps(words: Sequence[str]) -> bool:
    """Whether a reader made the words of lines of a ground: few letters stand in whole ones."""
    whole = sum(len(word) for word in words if len(word) >= _FEWEST_LETTERS)
    return whole < LEAST_WHOLE * sum(map(len, words))


def _fit(phrase: str, text: str) -> float:
    """How well a phrase stands somewhere in a text, 0..100; short ones as whole words only."""
    if len(phrase) <= _SHORT:
        words = text.split()
        best = max(fuzz.ratio(phrase, word) for word in words)
        if len(words) > 1 and (best < 100.0 or _is_scraps(words)):
            return 0.0  # among scraps of a ground one is always nearly a short word
        return best - 4.0 if best >= LEAST_OF_SHORT else 0.0  # noise is like some short word
    return float(fuzz.partial_ratio(phrase, text)) if len(text) >= len(phrase) - 2 else 0.0
