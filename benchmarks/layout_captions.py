"""What issuers call the fields of a visual zone: captions for drawn pages, by language.

Written apart from the table that the reader of captions has, and with words that it lacks.
"""

from __future__ import annotations

FIELDS = (
    "document_number", "surname", "given_names", "nationality", "birth_date", "sex",
    "birth_place", "issue_date", "expiry_date", "authority", "personal_number",
)  # fmt: skip
"""The order of the columns below."""

_TABLE = {
    "en": "Card No.|Surname|Given names|Nationality|Date of birth|Sex|Place of birth|"
    "Date of issue|Date of expiry|Authority|Personal No.",
    "de": "Kartennummer|Name|Vornamen|Staatsangehörigkeit|Geburtstag|Geschlecht|Geburtsort|"
    "Ausstellungsdatum|Gültig bis|Behörde|Personennummer",
    "fr": "N° de la carte|Nom|Prénoms|Nationalité|Date de naissance|Sexe|Lieu de naissance|"
    "Date de délivrance|Date d'expiration|Autorité|N° personnel",
    "es": "Número|Apellidos|Nombre|Nacionalidad|Fecha de nacimiento|Sexo|Lugar de nacimiento|"
    "Fecha de expedición|Válido hasta|Autoridad|N.º personal",
    "pl": "Numer karty|Nazwisko|Imiona|Obywatelstwo|Data urodzenia|Płeć|Miejsce urodzenia|"
    "Data wydania|Termin ważności|Organ wydający|PESEL",
    "it": "Carta n.|Cognome|Nome|Cittadinanza|Data di nascita|Sesso|Luogo di nascita|"
    "Emissione|Scadenza|Autorità|Codice personale",
    "nl": "Documentnummer|Naam|Voornamen|Nationaliteit|Geboortedatum|Geslacht|Geboorteplaats|"
    "Datum van afgifte|Geldig tot|Autoriteit|Persoonsnummer",
    "fi": "Kortin n:o|Sukunimi|Etunimet|Kansalaisuus|Syntymäaika|Sukupuoli|Syntymäpaikka|"
    "Myönnetty|Voimassa|Viranomainen|Henkilötunnus",
    "hu": "Okmányszám|Családi név|Utónév|Állampolgárság|Születési idő|Nem|Születési hely|"
    "Kiállítás kelte|Érvényesség vége|Hatóság|Személyi szám",
    "lv": "Numurs|Uzvārds|Vārds|Pilsonība|Dzimšanas datums|Dzimums|Dzimšanas vieta|"
    "Izdošanas datums|Derīga līdz|Izdevējs|Personas kods",
    "tr": "Seri no|Soyadı|Adı|Uyruğu|Doğum tarihi|Cinsiyeti|Doğum yeri|"
    "Veriliş tarihi|Son geçerlilik|Veren makam|Kimlik no",
}  # fmt: skip
CAPTIONS: dict[str, dict[str, str]] = {
    language: dict(zip(FIELDS, row.split("|"), strict=True)) for language, row in _TABLE.items()
}
KINDS = {"TD3": "Passport No.", "MRV-A": "Visa No.", "MRV-B": "Visa No."}
"""What English calls the number of a document that is no card."""
MONTHS = {
    "de": "JAN FEB MRZ APR MAI JUN JUL AUG SEP OKT NOV DEZ",
    "fr": "JAN FEV MARS AVR MAI JUIN JUIL AOUT SEP OCT NOV DEC",
    "es": "ENE FEB MAR ABR MAY JUN JUL AGO SEP OCT NOV DIC",
    "nl": "JAN FEB MRT APR MEI JUN JUL AUG SEP OKT NOV DEC",
    "it": "GEN FEB MAR APR MAG GIU LUG AGO SET OTT NOV DIC",
}
"""Issuers' own names of the months, printed before the English ones (Doc 9303-3, 3.3)."""
