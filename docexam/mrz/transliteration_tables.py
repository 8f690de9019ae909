"""The tables of Doc 9303-3 (8th edition), section 6: national characters to A-Z.

The first value of an entry is what composing writes; the others are also right in a zone.
"""

from __future__ import annotations

Variants = tuple[str, ...]

# 6.A. Letters not named here lose their diacritical mark, as the table has it for each of them.
LATIN: dict[str, Variants] = {
    "Ä": ("AE", "A"),
    "Å": ("AA", "A"),
    "Æ": ("AE",),
    "Ð": ("D",),
    "Ñ": ("N", "NXX"),
    "Ö": ("OE", "O"),
    "Ø": ("OE",),
    "Ü": ("UE", "UXX", "U"),
    "Þ": ("TH",),
    "Đ": ("D",),
    "Ħ": ("H",),
    "ı": ("I",),
    "Ĳ": ("IJ",),
    "Ŀ": ("L",),
    "Ł": ("L",),
    "Ŋ": ("N",),
    "Œ": ("OE",),
    "Ŧ": ("T",),
    "ẞ": ("SS",),
}
LATIN_MARKED = "ÀÁÂÃÇÈÉÊËÌÍÎÏÒÓÔÕÙÚÛÝĀĂĄĆĈĊČĎĒĔĖĘĚĜĞĠĢĤĨĪĬĮİĴĶĹĻĽŃŅŇŌŎŐŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽ"

# Not in the table, yet met in names. Unconfirmed: Ə is what its issuer is said to write.
LATIN_BESIDES: dict[str, Variants] = {"Ə": ("A", "E"), "Ø": ("OE", "O")}

# 6.B, without its exceptions by language.
CYRILLIC: dict[str, Variants] = {
    "Ё": ("E",), "Ђ": ("D",), "Є": ("IE",), "Ѕ": ("DZ",), "І": ("I",), "Ї": ("I",), "Ј": ("J",),
    "Љ": ("LJ",), "Њ": ("NJ",), "Ќ": ("K",), "Ў": ("U",), "Џ": ("DZ",), "А": ("A",), "Б": ("B",),
    "В": ("V",), "Г": ("G",), "Д": ("D",), "Е": ("E",), "Ж": ("ZH",), "З": ("Z",), "И": ("I",),
    "Й": ("I",), "К": ("K",), "Л": ("L",), "М": ("M",), "Н": ("N",), "О": ("O",), "П": ("P",),
    "Р": ("R",), "С": ("S",), "Т": ("T",), "У": ("U",), "Ф": ("F",), "Х": ("KH",), "Ц": ("TS",),
    "Ч": ("CH",), "Ш": ("SH",), "Щ": ("SHCH",), "Ъ": ("IE",), "Ы": ("Y",), "Э": ("E",),
    "Ю": ("IU",), "Я": ("IA",), "Ѫ": ("U",), "Ѵ": ("Y",), "Ґ": ("G",), "Ғ": ("G",), "Һ": ("C",),
}  # fmt: skip

# The table has no soft sign: it is not written. Its entries 0402, 0492 and 04BA show the glyphs of
# Ћ and Ѓ; the letters meant are added beside the code points that it prints.
CYRILLIC_BESIDES: dict[str, Variants] = {"Ь": ("",), "Ћ": ("C",), "Ѓ": ("G",)}

# 6.B, exceptions. Languages by ISO 639-1; Г as H for Serbian is the table's own word.
CYRILLIC_BY_LANGUAGE: dict[str, dict[str, str]] = {
    "be": {"Ё": "IO", "Г": "H"},
    "bg": {"Щ": "SHT"},
    "mk": {"Ќ": "KJ", "Џ": "DJ", "Х": "H", "Ц": "C", "Ғ": "GJ", "Ѓ": "GJ"},
    "ru": {},
    "sr": {"Г": "H", "Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S"},
    "uk": {"Г": "H", "И": "Y"},
}
UKRAINIAN_FIRST = {"Є": "YE", "Ї": "YI", "Й": "Y", "Ю": "YU", "Я": "YA"}

# 6.C. An empty text stands for "not encoded". Teh marbuta and shadda depend on their place.
TEH_MARBUTA = "\u0629"
TEH_MARBUTA_WITHIN = "XTA"
TEH_MARBUTA_FINAL = "XAH"
SHADDA = "\u0651"
ARABIC: dict[str, Variants] = {
    "\u0621": ("XE",), "\u0622": ("XAA",), "\u0623": ("XAE",), "\u0624": ("U",),
    "\u0625": ("I",), "\u0626": ("XI",), "\u0627": ("A",), "\u0628": ("B",),
    "\u062a": ("T",), "\u062b": ("XTH",), "\u062c": ("J",), "\u062d": ("XH",),
    "\u062e": ("XKH",), "\u062f": ("D",), "\u0630": ("XDH",), "\u0631": ("R",),
    "\u0632": ("Z",), "\u0633": ("S",), "\u0634": ("XSH",), "\u0635": ("XSS",),
    "\u0636": ("XDZ",), "\u0637": ("XTT",), "\u0638": ("XZZ",), "\u0639": ("E",),
    "\u063a": ("G",), "\u0640": ("",), "\u0641": ("F",), "\u0642": ("Q",),
    "\u0643": ("K",), "\u0644": ("L",), "\u0645": ("M",), "\u0646": ("N",),
    "\u0647": ("H",), "\u0648": ("W",), "\u0649": ("XAY",), "\u064a": ("Y",),
    "\u064b": ("",), "\u064c": ("",), "\u064d": ("",), "\u064e": ("",),
    "\u064f": ("",), "\u0650": ("",), "\u0652": ("",), "\u0670": ("",),
    "\u0671": ("XXA",), "\u0679": ("XXT",), "\u067c": ("XRT",), "\u067e": ("P",),
    "\u0681": ("XKE",), "\u0685": ("XXH",), "\u0686": ("XC",), "\u0688": ("XXD",),
    "\u0689": ("XDR",), "\u0691": ("XXR",), "\u0693": ("XRR",), "\u0696": ("XRX",),
    "\u0698": ("XJ",), "\u069a": ("XXS",), "\u069c": ("",), "\u06a2": ("",),
    "\u06a7": ("",), "\u06a8": ("",), "\u06a9": ("XKK",), "\u06ab": ("XXK",),
    "\u06ad": ("XNG",), "\u06af": ("XGG",), "\u06ba": ("XNN",), "\u06bc": ("XXN",),
    "\u06be": ("XDO",), "\u06c0": ("XYH",), "\u06c1": ("XXG",), "\u06c2": ("XGE",),
    "\u06c3": ("XTG",), "\u06cd": ("XXY",), "\u06d0": ("Y",), "\u06d2": ("XYB",),
    "\u06d3": ("XBE",),
    # Farsi yeh: XYA in the table, Y or XAY in the words of Appendix B.
    "\u06cc": ("XYA", "XAY", "Y"),
}  # fmt: skip
