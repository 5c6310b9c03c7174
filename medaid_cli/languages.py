"""How languages other than English print numbers and fence them: tables, for `numerals.py` to read by.

Lists are divided by commas, and written as `figures.plain` leaves a text: in lower case, `ss` for the sharp s, straight
quotes. A word may be a small pattern (`cents?`). A missing word costs a figure, a wrong one makes a wrong figure: words
that often mean something else are left out, or stand in `never_alone`.
"""

from collections.abc import Mapping

from medaid_cli.model import Hedge, Record


class Language(Record, frozen=True):
    """The words and marks of a language. Lists of words are in one text; tables go from the meaning to the words."""

    before: Mapping[Hedge, str]  # hedges in front of a number
    magnitudes: Mapping[int, str]  # what multiplies the number before it
    after: Mapping[Hedge, str] = {}  # hedges behind a number, at most a noun apart
    decimal: str = ","  # the mark before decimals; empty if the language's countries differ
    groups: str = ". "  # the marks between groups of three digits
    bare: str = ""  # magnitudes that may stand without a number: `mille`
    units: str = ""  # the words for 0, 1, 2 and so on
    tens: str = ""  # for 20, 30 to 90
    hundreds: str = ""  # for 100, 200 to 900, where they are not a unit and a magnitude
    others: Mapping[int, str] = {}  # further words for numbers
    joiner: str = ""  # what may stand between two words of one number: `et`
    linked: str = ""  # what stands between unit and ten where the unit comes first: `und`
    joined: bool = False  # whether the words of a number may be written as one
    never_alone: str = ""  # words that, alone, are an article or something else: `un`, `neuf`
    rounds: Mapping[int, str] = {}  # words for about so many: `une centaine`
    vague: str = ""  # words for a number without a value, and words that only look like a hedge
    uncounted: str = ""  # what makes no count of the number before it: percent, thirds, and a half
    shares: str = ""  # the same, in front of the number
    prefixes: str = ""  # what makes an ordinal of the number behind it
    endings: str = ""  # what makes an ordinal of the digits before it
    ordinals: str = ""  # the words for first, second and so on; empty where the word has another meaning
    ordinal_tens: str = ""  # for twentieth, thirtieth and so on
    magnitude_first: bool = False  # whether nouns and magnitudes stand before the number
    counters: str = ""  # what numerals must stand before, to be numbers; empty where words are spaced


# Of English and of languages without a table: elsewhere a number before one of these is not read at all.
OTHER_MAGNITUDES = (
    "hundred, thousand, million, billion, trillion, dozen, "
    r"milj\w+, milij\w+, milion\w*, bil[ijly]\w+, tril[ij]\w+, mln, mio, mn, m, mld, mrd, mds?, bn, k, lakhs?, "
    r"duizend, honderd, tusen, tusind, hundra, tis[íi]c\w*, tuhat\w*, ezer, mii, crores?, тисяч\w*, мільй?\w+, хиляди"
)

ALIASES = {"tl": "fil", "hr": "sr", "bs": "sr", "sh": "sr", "cmn": "zh", "yue": "zh"}

LANGUAGES: dict[str, Language] = {
    "fr": Language(
        before={
            "about": "environ, quelques?, autour d[e'], à peu près, approximativement, aux alentours d[e'], "
            "de l'ordre d[e']",
            "nearly": "près d[e'], presque, pas loin d[e']",
            "over": "plus d[e'], au-delà d[e'], supérieure?s? à",
            "at-least": "au moins, au minimum, pas moins d[e'], non moins d[e']",
            "under": "moins d[e'], inférieure?s? à",
            "at-most": "jusqu'à, au plus, au maximum, pas plus d[e']",
        },
        magnitudes={100: "cents?", 10**3: "mille", 10**6: "millions?", 10**9: "milliards?"},
        after={"about": "environ", "over": "et quelques", "at-least": "ou plus, et plus, au moins"},
        bare="cent, mille",
        units="zéro, une?, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, "
        "quinze, seize",
        tens="vingt, trente, quarante, cinquante, soixante, soixante[ -]dix|septante, quatre[ -]vingts?|huitante, "
        "quatre[ -]vingt[ -]dix|nonante",
        others={
            **{71: "soixante(?: et |-et-|[ -])onze", 72: "soixante[ -]douze", 73: "soixante[ -]treize"},
            **{74: "soixante[ -]quatorze", 75: "soixante[ -]quinze", 76: "soixante[ -]seize"},
            **{91: "quatre[ -]vingt[ -]onze", 92: "quatre[ -]vingt[ -]douze", 93: "quatre[ -]vingt[ -]treize"},
            **{94: "quatre[ -]vingt[ -]quatorze", 95: "quatre[ -]vingt[ -]quinze", 96: "quatre[ -]vingt[ -]seize"},
        },
        joiner="et",
        never_alone="une?, neuf",
        rounds={
            **{10: "une dizaine", 12: "une douzaine", 15: "une quinzaine", 20: "une vingtaine", 30: "une trentaine"},
            **{50: "une cinquantaine", 60: "une soixantaine", 100: "une centaine", 10**3: "un millier"},
        },
        vague="plusieurs, dizaines?, douzaines?, quinzaines?, vingtaines?, trentaines?, quarantaines?, "
        "cinquantaines?, soixantaines?, centaines?, milliers?, millions, milliards, moitié, demie?, pour cent, tiers",
        uncounted="pour cent, tiers, quarts?, cinquièmes, dixièmes, et demie?, virgule",
        endings="e, es, [eèé]me, i[eèé]me, er, [eè]re, nde?, de, ᵉ",
        ordinals="premier|première|unième, deuxième|seconde?, troisième, quatrième, cinquième, sixième, septième, "
        "huitième, neuvième, dixième, onzième, douzième, treizième, quatorzième, quinzième, seizième",
        ordinal_tens="vingtième, trentième",
    ),
    "pt": Language(
        before={
            "about": "cerca de, aproximadamente, em torno de, por volta de, uns, umas",
            "nearly": "quase, perto de, próximo de",
            "over": "mais de, mais do que, acima de, superior(?:es)? a, para além de",
            "at-least": "pelo menos, ao menos, no mínimo, não menos de, não menos do que",
            "under": "menos de, menos do que, abaixo de, inferior(?:es)? a",
            "at-most": "até, no máximo, não mais de, não mais do que",
        },
        # `Bilião` is a million millions in Portugal, and not read.
        magnitudes={10**3: "mil", 10**6: "milh(?:[ãa]o|[õo]es)|mi", 10**9: "bilh(?:[ãa]o|[õo]es)|bi"},
        after={"at-least": "ou mais, pelo menos", "about": "aproximadamente"},
        bare="mil",
        units="zero, uma?, d(?:ois|uas), três, quatro, cinco, seis, sete, oito, nove, dez, onze, doze, treze, "
        "catorze|quatorze, quinze, dez[ea]sseis, dez[ea]ssete, dezoito, dez[ea]nove",
        tens="vinte, trinta, quarenta, cinquenta, sessenta, setenta, oitenta, noventa",
        hundreds="cem|cento, duzent[ao]s, trezent[ao]s, quatrocent[ao]s, quinhent[ao]s, seiscent[ao]s, setecent[ao]s, "
        "oitocent[ao]s, novecent[ao]s",
        joiner="e",
        never_alone="uma?",
        rounds={10: "uma dezena", 12: "uma dúzia", 20: "uma vintena", 100: "uma centena", 10**3: "um milhar"},
        vague="vári[ao]s, divers[ao]s, algumas, alguns, dezenas?, dúzias?, centenas?, milhar, milhares, milhões, "
        "bilhões, metade, mei[ao], por cento",
        uncounted="por cento, terços?, quartos, quintos, décimos, e mei[ao], parte, vírgula",
        endings=r"\.?[ªº°], [ao]",
        ordinals="primeir[ao], segunda, terceir[ao], quart[ao], quint[ao], sext[ao], sétim[ao], oitav[ao], non[ao], "
        "décim[ao]",
        ordinal_tens="vigésim[ao], trigésim[ao], quadragésim[ao], quinquagésim[ao]",
    ),
    "es": Language(
        before={
            "about": "unos, unas, alrededor de, cerca de, aproximadamente, en torno a, más o menos",
            "nearly": "casi",
            "over": "m[áa]s de, por encima de, superior(?:es)? a",
            "at-least": "al menos, por lo menos, cuando menos, como mínimo, no menos de",
            "under": "menos de, inferior(?:es)? a, por debajo de",
            "at-most": "hasta, a lo sumo, como máximo, no más de",
        },
        # `Billón` is a million millions in Spain, and less in the United States: not read.
        magnitudes={10**3: "mil", 10**6: "mill[óo]n|millones", 10**9: "millardos?"},
        after={"at-least": "o más, al menos, por lo menos", "about": "aproximadamente"},
        # A comma in Spain and the south, a point in Mexico and the Caribbean.
        decimal="",
        bare="mil",
        units="cero, un[ao]?, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, catorce, "
        "quince, diecis[ée]is, diecisiete, dieciocho, diecinueve",
        tens="veinte, treinta, cuarenta, cincuenta, sesenta, setenta, ochenta, noventa",
        hundreds="cien|ciento, doscient[ao]s, trescient[ao]s, cuatrocient[ao]s, quinient[ao]s, seiscient[ao]s, "
        "setecient[ao]s, ochocient[ao]s, novecient[ao]s",
        others={
            **{21: "veintiún|veintiun[ao]", 22: "veintid[óo]s", 23: "veintitr[ée]s", 24: "veinticuatro"},
            **{25: "veinticinco", 26: "veintis[ée]is", 27: "veintisiete", 28: "veintiocho", 29: "veintinueve"},
        },
        joiner="y",
        never_alone="un[ao]?",
        rounds={10: "una decena", 12: "una docena", 20: "una veintena", 100: "un centenar", 10**3: "un millar"},
        vague="vari[ao]s, divers[ao]s, algun[ao]s, decenas?, docenas?, veintenas?, centenas?, centenar(?:es)?, "
        "cientos, miles, millar(?:es)?, millones, mitad, medi[ao], por ciento",
        uncounted="por ciento, tercios?, cuartos, quintos, décimos, y medi[ao], parte, coma",
        endings=r"\.?[ªº°], \.?er, \.?[ao]",
        ordinals="primer[ao]?, segund[ao], tercer[ao]?, cuart[ao], quint[ao], sext[ao], s[ée]ptim[ao], octav[ao], "
        "noven[ao], décim[ao], undécim[ao], duodécim[ao]",
        ordinal_tens="vigésim[ao], trigésim[ao], cuadragésim[ao], quincuagésim[ao]",
    ),
    "de": Language(
        before={
            "about": r"rund, etwa, in etwa, ungefähr, circa, zirka, ca\., ca, an die",
            "nearly": "fast, knapp, beinahe, nahezu, annähernd",
            "over": "über, mehr als, gut",
            "at-least": "mindestens, wenigstens, zumindest, nicht weniger als",
            "under": "weniger als, unter",
            "at-most": "bis zu, höchstens, maximal, nicht mehr als",
        },
        magnitudes={100: "hundert", 10**3: "tausend|tsd", 10**6: "million(?:en)?|mio", 10**9: "milliarden?|mrd"},
        after={"at-least": "oder mehr, und mehr"},
        bare="hundert, tausend",
        units="null, ein(?:s|e[mnrs]?)?, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn, elf, zwölf, "
        "dreizehn, vierzehn, fünfzehn, sechzehn, siebzehn, achtzehn, neunzehn",
        tens="zwanzig, dreissig, vierzig, fünfzig, sechzig, siebzig, achtzig, neunzig",
        joiner="und",
        linked="und",
        joined=True,
        never_alone="ein(?:s|e[mnrs]?)?",
        rounds={12: "ein(?:em|es)? dutzend"},
        vague="mehrere[nr]?, einige[nr]?, etliche[nr]?, paar, dutzende?n?, hunderte[nr]?, tausende[nr]?, "
        "zehntausende[nr]?, hunderttausende[nr]?, millionen, milliarden, hälfte, halbe[nrs]?",
        uncounted="prozent, promille, drittel, viertel, fünftel, achtel, zehntel, komma, einhalb",
        endings=r"\.(?= \w)",
        ordinals="erste[mnrs]?, zweite[mnrs]?, dritte[mnrs]?, vierte[mnrs]?, fünfte[mnrs]?, sechste[mnrs]?, "
        "siebte[mnrs]?, achte[mnrs]?, neunte[mnrs]?, zehnte[mnrs]?, elfte[mnrs]?, zwölfte[mnrs]?",
        ordinal_tens="zwanzigste[mnrs]?, dreissigste[mnrs]?",
    ),
    "it": Language(
        before={
            "about": "circa, all'incirca, intorno a(?:i|lle)?, approssimativamente",
            "nearly": "quasi, poco meno d[i']",
            "over": "oltre, più d[i'], superior[ei] a",
            "at-least": "almeno, come minimo, non meno d[i']",
            "under": "meno d[i'], inferior[ei] a",
            "at-most": "fino a, al massimo, non più d[i']",
        },
        magnitudes={100: "cento", 10**3: "mille|mila", 10**6: "milion[ei]|mln", 10**9: "miliard[oi]|mld"},
        after={"about": "circa", "at-least": "o più, almeno"},
        bare="cento, mille",
        units="zero, un[ao']?, due, tr[eé], quattro, cinque, sei, sette, otto, nove, dieci, undici, dodici, tredici, "
        "quattordici, quindici, sedici, diciassette, diciotto, diciannove",
        tens="venti?, trenta?, quaranta?, cinquanta?, sessanta?, settanta?, ottanta?, novanta?",
        joined=True,
        never_alone="un[ao']?, sei",
        rounds={10: "una decina", 20: "una ventina", 50: "una cinquantina", 100: "un centinaio", 10**3: "un migliaio"},
        vague="divers[ei], alcun[ei], parecchi, parecchie, decin[ae], dozzin[ae], quindicin[ae], ventin[ae], "
        "trentin[ae], quarantin[ae], cinquantin[ae], centinaio, centinaia, migliaio, migliaia, milioni, miliardi, "
        "metà, mezz[ao], per ?cento",
        uncounted="per ?cento, terzi, quarti, quinti, decimi, e mezz[ao], parte, virgola",
        joiner="e",
        endings="[ªº°]",
        # `Prima` is also "before", `secondo` also "according to".
        ordinals=", seconda, terz[ao], quart[ao], quint[ao], sest[ao], settim[ao], ottav[ao], non[ao], decim[ao]",
        ordinal_tens="ventesim[ao], trentesim[ao]",
    ),
    "id": Language(
        before={
            "about": "sekitar, kira-kira, kurang lebih",
            "nearly": "hampir, mendekati",
            "over": "lebih dari, lebih daripada, di atas, melebihi",
            "at-least": "setidaknya, sedikitnya, paling sedikit, tidak kurang dari, minimal",
            "under": "kurang dari, di bawah",
            "at-most": "hingga, sampai, paling banyak, maksimal, tidak lebih dari",
        },
        magnitudes={10: "puluh", 100: "ratus", 10**3: "ribu", 10**6: "juta", 10**9: "mil[iy]ar", 10**12: "triliun"},
        after={"over": "lebih(?! dari)"},
        groups=".",
        units="nol, satu, dua, tiga, empat, lima, enam, tujuh, delapan, sembilan, sepuluh, sebelas, dua belas, "
        "tiga belas, empat belas, lima belas, enam belas, tujuh belas, delapan belas, sembilan belas",
        others={100: "seratus", 10**3: "seribu", 10**6: "sejuta"},
        never_alone="satu",
        vague="beberapa, belasan, puluhan, ratusan, ribuan, jutaan, miliaran, setengah, separuh",
        uncounted="persen, pertiga, perempat, setengah, koma",
        prefixes="ke-",
        ordinals="pertama",
    ),
    "sw": Language(
        before={
            "about": "takriban, takribani, kiasi cha, yapata",
            "nearly": "karibu, karibu na",
            "over": "zaidi ya, kuzidi",
            "at-least": "angalau, wasiopungua, yasiyopungua, isiyopungua, zisizopungua",
            "under": "chini ya",
            "at-most": "hadi, si zaidi ya",
        },
        magnitudes={100: "mia", 10**3: "elfu", 10**5: "laki", 10**6: "milioni", 10**9: "bilioni", 10**12: "trilioni"},
        after={"over": "na zaidi"},
        decimal=".",
        groups=",",
        units="sifuri, moja, mbili, tatu, nne, tano, sita, saba, nane, tisa, kumi",
        tens="ishirini, thelathini, arobaini, hamsini, sitini, sabini, themanini, tisini",
        joiner="na",
        never_alone="moja",
        vague="jumla ya, kati ya, miongoni mwa, baada ya, kabla ya, makumi, mamia, maelfu, malaki, mamilioni, "
        "mabilioni, kadhaa, nusu",
        uncounted=r"na nusu, na robo, nukta, na (?:mia|elfu|laki|milioni|bilioni) \S+, na \d\S*",
        shares="asilimia",
        prefixes=r"[ylw]a (?=\d), cha (?=\d)",
        magnitude_first=True,
    ),
    "fil": Language(
        before={
            "about": "humigit-kumulang, humigit kumulang, tinatayang, mga",
            "nearly": "halos",
            "over": "mahigit, mahigit sa, mahigit na, higit sa, higit pa sa, lampas sa",
            "at-least": "hindi bababa sa, di bababa sa",
            "under": "wala pang",
            "at-most": "hanggang",
        },
        magnitudes={
            **{100: "(?:na )?[dr]aang?|hundred", 10**3: "(?:na )?libo(?:ng)?|thousand"},
            **{10**6: "milyong?|million", 10**9: "bilyong?|billion"},
        },
        after={"at-least": "o higit pa"},
        decimal=".",
        groups=",",
        units="sero, isa(?:ng)?, dalawa(?:ng)?, tatlo(?:ng)?, apat, lima(?:ng)?, anim, pito(?:ng)?, walo(?:ng)?, "
        "siyam, sampu(?:ng)?",
        tens="dalawampu(?:ng)?, tatlumpu(?:ng)?, apatnapu(?:ng)?, limampu(?:ng)?, animnapu(?:ng)?, pitumpu(?:ng)?, "
        "walumpu(?:ng)?, siyamnapu(?:ng)?",
        joiner="na|at|'t",
        never_alone="isa(?:ng)?",
        vague="ilang, daan-daang?, libo-libong?, milyun-milyong?, kalahati, kalahating",
        uncounted="porsiyento, kalahati, at kalahati",
        prefixes="ika-",
    ),
    "vi": Language(
        before={
            "about": "khoảng, chừng, xấp xỉ",
            "nearly": "gần",
            "over": "hơn, trên, vượt",
            "at-least": "ít nhất, tối thiểu, không dưới",
            "under": "dưới, chưa đến",
            "at-most": "tối đa, nhiều nhất, không quá",
        },
        magnitudes={100: "trăm", 10**3: "nghìn|ngàn", 10**6: "triệu", 10**9: "tỷ|tỉ"},
        groups=".",
        uncounted="phần trăm, rưỡi",
        prefixes="thứ ",
    ),
    "tr": Language(
        before={
            "about": "yaklaşık, yaklaşık olarak, takriben, aşağı yukarı",
            "nearly": "neredeyse, hemen hemen",
            "at-least": "en az, asgari",
            "at-most": "en fazla, en çok, azami",
        },
        magnitudes={10**3: "bin(?:[ei]|den|in)?", 10**6: r"milyon\w*", 10**9: r"milyar\w*", 10**12: r"trilyon\w*"},
        after={
            "over": "fazla, '?[dt][ae]n fazla, '?y?[ıiuü]? ?aşkın, '?n?[ıiuü]n üzerinde",
            "nearly": "yakın, '?y?[ae] yakın",
            "under": "az, '?[dt][ae]n az",
        },
        groups=".",
        uncounted="buçuk, yüz",
        shares="yüzde",
        endings=r"\.(?= \w), 'n?[cç]?[ıiuü]nc[ıiuü]",
    ),
    "pl": Language(
        before={
            "about": r"około, ok\., w przybliżeniu",
            "nearly": "prawie, niemal, blisko",
            "over": "ponad, przeszło, powyżej, więcej niż",
            "at-least": "co najmniej, przynajmniej, nie mniej niż",
            "under": "poniżej, mniej niż",
            "at-most": "najwyżej, maksymalnie, nie więcej niż",
        },
        magnitudes={10**3: r"tysi\w+|tys", 10**6: r"milion\w*|mln", 10**9: r"miliard\w*|mld"},
        uncounted=r"procent\w*, i pół",
        endings=r"\.(?= \w)",
    ),
    "sr": Language(
        before={
            "about": "oko, otprilike, približno, око, отприлике, приближно",
            "nearly": "skoro, gotovo, blizu, скоро, готово, близу",
            "over": "više od, preko, више од, преко",
            "at-least": "najmanje, bar, barem, најмање, бар, барем",
            "under": "manje od, мање од",
            "at-most": "do, najviše, до, највише",
        },
        magnitudes={
            **{10**3: r"hiljad\w+|tisuć\w+|хиљад\w+", 10**6: r"mili[jo]u?n\w*|милион\w*"},
            **{10**9: r"milijard\w+|милијард\w+"},
        },
        uncounted=r"posto, odsto, procen\w+, одсто, процен\w+, i po, и по",
        endings=r"\.(?= \w)",
    ),
    "ru": Language(
        before={
            "about": "около, примерно, приблизительно, порядка",
            "nearly": "почти",
            "over": "более, более чем, больше, свыше",
            "at-least": "не менее, не менее чем, по меньшей мере, как минимум",
            "under": "менее, менее чем, меньше",
            "at-most": "до, не более, не более чем, максимум",
        },
        magnitudes={10**3: r"тысяч\w*|тыс", 10**6: r"миллион\w*|млн", 10**9: r"миллиард\w*|млрд"},
        uncounted=r"процент\w*, с половиной",
        endings="-?(?:я|й|го|ю|ой|ая|е|му|ую)",
    ),
    "hi": Language(
        before={"about": "लगभग, करीब, क़रीब, तकरीबन", "at-least": "कम से कम", "at-most": "अधिकतम"},
        magnitudes={
            **{10**3: "(?:हज़ार|हजार)(?:ों)?", 10**5: "लाख(?:ों)?", 10**6: "मिलियन"},
            **{10**7: "करोड़(?:ों)?", 10**9: "अरब|बिलियन"},
        },
        after={"over": "से अधिक, से ज़्यादा, से ज्यादा", "under": "से कम"},
        decimal=".",
        groups=",",
        uncounted="प्रतिशत, फीसदी, फ़ीसदी",
        endings="वी, वीं, वां, वें",
    ),
    "ur": Language(
        before={"about": "تقریباً, تقریبا, لگ بھگ", "at-least": "کم از کم", "at-most": "زیادہ سے زیادہ"},
        magnitudes={10**3: "ہزار", 10**5: "لاکھ", 10**6: "ملین", 10**7: "کروڑ", 10**9: "ارب|بلین"},
        after={"over": "سے زائد, سے زیادہ", "under": "سے کم"},
        decimal=".",
        groups=",",
        uncounted="فیصد, فی صد",
        endings="ویں, واں",
    ),
    "ar": Language(
        before={
            "about": "[بلو]?(?:حوالي|نحو|زهاء|قرابة|ما يقارب)",
            "nearly": "[بلو]?ما يقرب من",
            "over": "[بلو]?(?:أكثر من|اكثر من|ما يزيد على|ما يزيد عن|ما يربو على)",
            "at-least": "ما لا يقل عن, لا يقل عن",
            "under": "[بلو]?(?:أقل من|اقل من)",
            "at-most": "ما يصل إلى",
        },
        magnitudes={10**3: "ألفا?|الف|آلاف|ألفًا", 10**6: "مليونا?|مليونًا|ملايين", 10**9: "مليارا?|مليارًا|مليارات"},
        after={"at-least": "على الأقل"},
        # A point in Egypt, a comma in the Maghreb.
        decimal="",
        groups="٬",
        uncounted="في المئة, في المائة, بالمئة, بالمائة, ونصف",
    ),
}
