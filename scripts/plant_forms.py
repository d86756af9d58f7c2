"""The sentences that `plant.py` plants in other languages than English: for each language and class, what to fill in.

The holes are those of the English makers: `p` of `w` is `s` percent; from `a` to `b` is `c` percent; `l` lists parts of `t`.
"""

FORMS = {
    "pt": {
        "decimal": ",",
        "percent-of": ["No inquérito, {p} de {w} famílias ({s}%) tinham jardim.", "Dos {w} clubes, {p} responderam ({s}%).",
                       "Responderam {p} dos {w} clubes, ou {s}%."],
        "percent-change": {"up": ["O número de sócios aumentou {c}%, de {a} para {b}, nesse ano."],
                           "down": ["O número de sócios caiu {c}%, de {a} para {b}, nesse ano."]},
        "parts-sum": ["O barco levava {t} pessoas: {l}."], "kinds": ["homens", "mulheres", "crianças"], "and": " e ",
        "unit-conversion": [("milhas", "quilómetros", 1.609344), ("pés", "metros", 0.3048), ("acres", "hectares", 0.404686)],
        "unit": "A pista tem {a} {n} ({b} {o}).",
        "percent-point": ["A participação caiu {s}, de {a}% para {b}%."], "points": "{} pontos percentuais",
        "fraction": [("Um terço", 33), ("Dois terços", 67), ("Metade", 50), ("Um quarto", 25)],
        "fraction-percent": "{f} das aldeias ({s}%) respondeu.",
        "figure-drift": "A tempestade fez {a} mortos.\n\nPassou de noite.\n\nOs {b} mortos estavam em casa.",
        "range-reversed": "Virão entre {a} e {b} pessoas.",
    },
    "es": {
        "decimal": ",",
        "percent-of": ["En la encuesta, {p} de {w} hogares ({s} %) tenían jardín.", "De los {w} clubes, {p} respondieron ({s} %).",
                       "Respondieron {p} de los {w} clubes, es decir, el {s} %."],
        "percent-change": {"up": ["El número de socios aumentó un {c} %, de {a} a {b}, ese año."],
                           "down": ["El número de socios cayó un {c} %, de {a} a {b}, ese año."]},
        "parts-sum": ["El barco llevaba {t} personas: {l}."], "kinds": ["hombres", "mujeres", "niños"], "and": " y ",
        "unit-conversion": [("millas", "kilómetros", 1.609344), ("pies", "metros", 0.3048), ("acres", "hectáreas", 0.404686)],
        "unit": "La pista tiene {a} {n} ({b} {o}).",
        "percent-point": ["La participación cayó {s}, del {a} % al {b} %."], "points": "{} puntos",
        "fraction": [("Un tercio", 33), ("Dos tercios", 67), ("La mitad", 50), ("Un cuarto", 25)],
        "fraction-percent": "{f} de los pueblos ({s} %) respondió.",
        "figure-drift": "La tormenta dejó {a} muertos.\n\nPasó de noche.\n\nLos {b} muertos estaban en casa.",
        "range-reversed": "Vendrán entre {a} y {b} personas.",
    },
    "fr": {
        "decimal": ",",
        "percent-of": ["Sur {w} foyers, {p} ont un jardin ({s} %).", "Parmi les {w} clubs, {p} ont répondu, soit {s} %.",
                       "Seuls {p} des {w} clubs ({s} %) ont répondu."],
        "percent-change": {"up": ["Le nombre de membres a augmenté de {c} %, de {a} à {b}, cette année-là."],
                           "down": ["Le nombre de membres a baissé de {c} %, de {a} à {b}, cette année-là."]},
        "parts-sum": ["Le bateau transportait {t} personnes : {l}."], "kinds": ["hommes", "femmes", "enfants"], "and": " et ",
        "unit-conversion": [("miles", "kilomètres", 1.609344), ("pieds", "mètres", 0.3048), ("acres", "hectares", 0.404686)],
        "unit": "La piste fait {a} {n} ({b} {o}).",
        "percent-point": ["La participation a baissé de {s}, de {a} % à {b} %."], "points": "{} points",
        "fraction": [("Un tiers", 33), ("Deux tiers", 67), ("La moitié", 50), ("Un quart", 25)],
        "fraction-percent": "{f} des villages ({s} %) a répondu.",
        "figure-drift": "La tempête a fait {a} morts.\n\nElle est passée de nuit.\n\nLes {b} morts étaient chez eux.",
        "range-reversed": "Entre {a} et {b} personnes viendront.",
    },
    "de": {
        "decimal": ",",
        "percent-of": ["In der Umfrage hatten {p} von {w} Haushalten ({s} Prozent) einen Garten.",
                       "Von den {w} Vereinen antworteten {p} ({s} Prozent).", "{p} der {w} Vereine, also {s} Prozent, antworteten."],
        "percent-change": {"up": ["Die Zahl der Mitglieder stieg um {c} Prozent von {a} auf {b}."],
                           "down": ["Die Zahl der Mitglieder sank um {c} Prozent von {a} auf {b}."]},
        "parts-sum": ["Auf dem Boot waren {t} Menschen: {l}."], "kinds": ["Männer", "Frauen", "Kinder"], "and": " und ",
        "unit-conversion": [("Meilen", "Kilometer", 1.609344), ("Fuß", "Meter", 0.3048), ("Acres", "Hektar", 0.404686)],
        "unit": "Die Strecke misst {a} {n} ({b} {o}).",
        "percent-point": ["Die Beteiligung sank um {s} von {a} auf {b} Prozent."], "points": "{} Prozentpunkte",
        "plain-percent": "{} Prozent",
        "fraction": [("Ein Drittel", 33), ("Zwei Drittel", 67), ("Die Hälfte", 50), ("Ein Viertel", 25)],
        "fraction-percent": "{f} der Dörfer ({s} Prozent) antwortete.",
        "figure-drift": "Der Sturm forderte {a} Tote.\n\nEr kam nachts.\n\nDie {b} Toten waren zu Hause.",
        "range-reversed": "Zwischen {a} und {b} Menschen kommen.",
    },
    "it": {
        "decimal": ",",
        "percent-of": ["Nel sondaggio {p} famiglie su {w} ({s}%) avevano un giardino.", "Dei {w} circoli, {p} hanno risposto ({s}%).",
                       "Hanno risposto {p} dei {w} circoli, cioè il {s}%."],
        "percent-change": {"up": ["Il numero dei soci è aumentato del {c}%, da {a} a {b}, quell'anno."],
                           "down": ["Il numero dei soci è sceso del {c}%, da {a} a {b}, quell'anno."]},
        "parts-sum": ["La barca portava {t} persone: {l}."], "kinds": ["uomini", "donne", "bambini"], "and": " e ",
        "unit-conversion": [("miglia", "chilometri", 1.609344), ("piedi", "metri", 0.3048), ("acri", "ettari", 0.404686)],
        "unit": "La pista è lunga {a} {n} ({b} {o}).",
        "percent-point": ["L'affluenza è calata di {s}, dal {a}% al {b}%."], "points": "{} punti",
        "plain-percent": "il {}%",
        "fraction": [("Un terzo", 33), ("Due terzi", 67), ("La metà", 50), ("Un quarto", 25)],
        "fraction-percent": "{f} dei paesi ({s}%) ha risposto.",
        "figure-drift": "La tempesta ha causato {a} morti.\n\nÈ passata di notte.\n\nI {b} morti erano in casa.",
        "range-reversed": "Verranno tra {a} e {b} persone.",
    },
    "nl": {
        "decimal": ",",
        "percent-of": ["In het onderzoek hadden {p} van de {w} huishoudens ({s} procent) een tuin.",
                       "Van de {w} clubs antwoordden er {p} ({s} procent).", "{p} van de {w} clubs, ofwel {s} procent, antwoordden."],
        "percent-change": {"up": ["Het aantal leden steeg met {c} procent, van {a} naar {b}."],
                           "down": ["Het aantal leden daalde met {c} procent, van {a} naar {b}."]},
        "parts-sum": ["Op de boot waren {t} mensen: {l}."], "kinds": ["mannen", "vrouwen", "kinderen"], "and": " en ",
        "unit-conversion": [("mijl", "kilometer", 1.609344), ("voet", "meter", 0.3048), ("acres", "hectare", 0.404686)],
        "unit": "De baan is {a} {n} ({b} {o}) lang.",
        "percent-point": ["De opkomst daalde met {s}, van {a} naar {b} procent."], "points": "{} procentpunten",
        "plain-percent": "{} procent",
        "fraction": [("Een derde", 33), ("Twee derde", 67), ("De helft", 50), ("Een kwart", 25)],
        "fraction-percent": "{f} van de dorpen ({s} procent) antwoordde.",
        "figure-drift": "De storm eiste {a} doden.\n\nHij kwam 's nachts.\n\nDe {b} doden waren thuis.",
        "range-reversed": "Tussen {a} en {b} mensen komen.",
    },
}


def makers(language, off):
    """The makers of right and wrong sentences in a language; `off` makes a share wrong."""
    forms = FORMS[language]

    def number(value, digits=0):
        return f"{value:.{digits}f}".replace(".", forms["decimal"])

    def percent_of(r):
        whole = r.randint(20, 900)
        part = r.randint(whole // 10, whole - 1)
        form, share = r.choice(forms["percent-of"]), 100 * part / whole
        return [form.format(p=part, w=whole, s=number(value, 1)) for value in (share, off(r, share))]

    def percent_change(r):
        before, change = r.randint(2, 99) * 10, r.randint(11, 90)
        way = r.choice(["up", "down"])
        after = round(before * (1 + change / 100 * (1 if way == "up" else -1)))
        change = round(abs(after / before - 1) * 100)
        form = r.choice(forms["percent-change"][way])
        return [form.format(c=value, a=before, b=after) for value in (change, change + r.choice([-6, 6, 9]))]

    def parts_sum(r):
        parts = [r.randint(2, 12) for _ in range(3)]
        listed = [f"{part} {kind}" for part, kind in zip(parts, forms["kinds"])]
        listed = ", ".join(listed[:-1]) + forms["and"] + listed[-1]
        form = r.choice(forms["parts-sum"])
        return [form.format(t=total, l=listed) for total in (sum(parts), sum(parts) + r.choice([-2, -1, 1, 2]))]

    def unit_conversion(r):
        name, other, factor = r.choice(forms["unit-conversion"])
        value = r.randint(12, 300)
        wrong = factor * r.choice([0.6, 0.75, 1.3, 1.5, 10])
        return [forms["unit"].format(a=value, n=name, b=number(value * by), o=other) for by in (factor, wrong)]

    def percent_point(r):
        before, step = r.randint(30, 80), r.randint(3, 15)
        plain = forms.get("plain-percent", "{}%")
        form = r.choice(forms["percent-point"])
        said = [forms["points"].format(step), plain.format(step)]
        return [form.format(s=words, a=before, b=before - step) for words in said]

    def fraction_percent(r):
        name, share = r.choice(forms["fraction"])
        return [forms["fraction-percent"].format(f=name, s=value) for value in (share, round(off(r, share)))]

    def figure_drift(r):
        value = r.randint(13, 90)
        return [forms["figure-drift"].format(a=value, b=other) for other in (value, value + r.choice([-1, 1]))]

    def range_reversed(r):
        low = r.randint(30, 90)
        high = low + r.randint(5, 60)
        return [forms["range-reversed"].format(a=a, b=b) for a, b in ((low, high), (high, low))]

    made = [percent_of, percent_change, parts_sum, unit_conversion, percent_point, fraction_percent, figure_drift, range_reversed]
    return {make.__name__.replace("_", "-"): make for make in made}
