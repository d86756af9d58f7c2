#!/usr/bin/env python3
"""Plants one wrong figure into each of many real paragraphs, and counts what factlint finds of it, by class.

    scripts/plant.py --factlint target/release/factlint FOLDER [--count 50] [--seed 1]

FOLDER holds drafts of your own (`*.md`, `*.txt`); none of their text is kept. Into a paragraph of each, one sentence
with figures is put, once as it should be and once with one figure wrong; the figures are drawn at random. A class is
good if it finds the wrong one and is silent on the right one. `--lang` takes en, pt, es, fr, de, it or nl; the sentences
of all but English are in `plant_forms.py`, and only paragraphs of that language are taken.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import plant_forms

ONES = "zero one two three four five six seven eight nine ten eleven twelve".split()


def words(number):
    """A small number in words."""
    return ONES[number] if number < len(ONES) else f"{number:,}"


def off(r, share):
    """A share that is off by 6 to 30 points."""
    wrong = share + r.choice([-1, 1]) * r.uniform(6, 30)
    return wrong if 1 < wrong < 99 else share + (8 if share < 50 else -8)


def percent_of(r):
    whole = r.randint(20, 900)
    part = r.randint(whole // 10, whole - 1)
    share = 100 * part / whole
    form = r.choice([
        "In the survey, {p} of {w} households ({s:.0f}%) had a garden.",
        "Of the {w} clubs, {p} replied ({s:.0f} percent).",
        "{p} out of {w} pupils, or {s:.1f}%, passed.",
        "About {s:.0f} per cent ({p} of the {w} seats) stayed empty.",
    ])
    return [form.format(p=part, w=whole, s=value) for value in (share, off(r, share))]


def percent_change(r):
    before = r.randint(20, 400) * 10
    change = r.randint(5, 90)
    up = r.random() < 0.5
    after = round(before * (1 + change / 100)) if up else round(before * (1 - change / 100))
    wrong = change + r.choice([-1, 1]) * r.randint(4, 9) * (1 if change > 10 else 3)
    wrong = wrong if wrong > 0 else change + 12
    verb = r.choice(["rose", "grew", "increased"] if up else ["fell", "dropped", "declined"])
    form = r.choice([
        "Membership {v} {c}%, from {a:,} to {b:,}, that year.",
        "Membership {v} by {c} percent to {b:,} from {a:,}.",
        "Membership {v} from {a:,} to {b:,}, or {c}%.",
    ])
    return [form.format(v=verb, c=value, a=before, b=after) for value in (change, wrong)]


def parts_sum(r):
    parts = [r.randint(2, 12) for _ in range(r.randint(2, 4))]
    names = r.sample(["men", "women", "children", "dogs", "guests"], len(parts))
    listed = [f"{words(part)} {name}" for part, name in zip(parts, names)]
    listed = ", ".join(listed[:-1]) + r.choice([" and ", ", and "]) + listed[-1]
    wrong = sum(parts) + r.choice([-2, -1, 1, 2])
    form = r.choice(["The boat carried {t}: {l}.", "The boat carried {t} ({l}).", "The boat carried {t} – {l}."])
    return [form.format(t=words(total), l=listed) for total in (sum(parts), wrong)]


def unit_conversion(r):
    name, other, factor = r.choice([
        ("miles", "km", 1.609344), ("feet", "metres", 0.3048), ("kg", "lb", 2.20462), ("acres", "hectares", 0.404686),
        ("inches", "cm", 2.54), ("mph", "km/h", 1.609344),
    ])
    value = r.randint(12, 300)
    right = value * factor
    wrong = right * r.choice([0.6, 0.75, 1.3, 1.5, 10])
    form = r.choice(["The track is {a} {n} ({b} {o}) by the map.", "The track is {a} {n}, or {b} {o}, by the map."])
    return [form.format(a=value, n=name, b=f"{result:.0f}" if result > 10 else f"{result:.1f}", o=other)
            for result in (right, wrong)]


def percent_point(r):
    before = r.randint(20, 80)
    step = r.randint(3, 15)
    form = r.choice(["Turnout fell by {s}, from {a}% to {b}%.", "Turnout fell {s} to {b}% from {a}%."])
    return [form.format(s=said.format(step), a=before, b=before - step)
            for said in (r.choice(["{} points", "{} percentage points"]), "{}%")]


def fraction_percent(r):
    name, share = r.choice([("A third", 33), ("Two-thirds", 67), ("Half", 50), ("One in five", 20), ("A quarter", 25)])
    form = r.choice(["{f} of the towns ({s}%) replied.", "{f} of the towns, or {s} percent, replied."])
    return [form.format(f=name, s=value) for value in (share, round(off(r, share)))]


def vote_margin(r):
    yes = r.randint(30, 90)
    no = r.randint(5, yes - 3)
    form = r.choice(["It passed {y} to {n}, by a margin of {m} votes.", "It passed {y}-{n}, a majority of {m}."])
    return [form.format(y=yes, n=no, m=margin) for margin in (yes - no, yes - no + r.choice([-2, 2, 5, 10]))]


def threshold_words(r):
    value = r.randint(2, 90) * 10
    hedge, right, wrong = r.choice([
        ("More than", 1.08, 0.93), ("Nearly", 0.95, 1.06), ("Fewer than", 0.9, 1.1), ("Over", 1.1, 0.9),
    ])
    form = "{h} {v} people ({n}) came to the fair."
    return [form.format(h=hedge, v=value, n=round(value * factor)) for factor in (right, wrong)]


def currency_conversion(r):
    rate = r.uniform(1.1, 1.4)
    amounts = [r.randint(10, 90) * 10 for _ in range(3)]
    form = "The first cost €{}m (${}m), the second €{}m (${}m) and the last €{}m (${}m)."

    def text(factor):
        sums = [round(amount * rate) for amount in amounts]
        sums[2] = round(sums[2] * factor)
        return form.format(*[number for pair in zip(amounts, sums) for number in pair])

    return [text(1), text(r.choice([0.5, 1.4, 2]))]


def temperature(r):
    value = r.randint(5, 40)
    right = value * 9 / 5 + 32
    form = r.choice(["It was {c}C ({f:.0f}F) by noon.", "It was {c} degrees Celsius ({f:.0f} degrees Fahrenheit)."])
    return [form.format(c=value, f=result) for result in (right, right + r.choice([-10, 8, 18]))]


def percent_change_times(r):
    before = r.randint(20, 400) * 10
    name, factor, wrong = r.choice([("doubled", 2, 1.5), ("tripled", 3, 2), ("quadrupled", 4, 3), ("halved", 0.5, 0.75)])
    form = r.choice(["Membership {n} from {a:,} to {b:,}.", "Membership {n} to {b:,}, from {a:,}."])
    return [form.format(n=name, a=before, b=round(before * value)) for value in (factor, wrong)]


def percent_total(r):
    yes, no = r.randint(35, 55), r.randint(20, 40)
    rest = 100 - yes - no
    form = r.choice([
        "In the poll, {a}% were for, {b}% against and {c}% undecided.",
        "The mix is {a}% wind, {b}% gas and {c}% other.",
    ])
    return [form.format(a=yes, b=no, c=value) for value in (rest, rest + r.randint(5, 15))]


def figure_drift(r):
    value = r.randint(12, 90)
    form = "The storm killed {a} people.\n\nIt passed at night.\n\nMost of the {b} dead were in their homes."
    return [form.format(a=value, b=other) for other in (value, value + r.choice([-1, 1]))]


def magnitude_drift(r):
    value = r.randint(11, 99) / 10
    form = "The bridge will cost ${v} million.\n\nIt is late.\n\nThe ${v} {s} bridge opens in June."
    return [form.format(v=value, s=scale) for scale in ("million", "billion")]


def list_count(r):
    names = r.sample(["France", "Spain", "Italy", "Malta", "Poland", "Norway"], r.randint(2, 4))
    listed = ", ".join(names[:-1]) + " and " + names[-1]
    form = r.choice(["It has offices in {n} countries: {l}.", "The {n} winners ({l}) were pleased."])
    return [form.format(n=words(count), l=listed) for count in (len(names), len(names) + r.choice([1, 2]))]


def numeral_word_echo(r):
    value = r.randint(2, 12)
    wrong = value + r.choice([1, 10, 20])
    return [f"The tenant has {words(value)} ({figure}) days to reply." for figure in (value, wrong)]


def ratio_average(r):
    count, average = r.randint(5, 60), r.randint(4, 90)
    form = r.choice([
        "The club has {t:,} members in {n} branches, an average of {a} each.",
        "They planted {t:,} trees on {n} hectares, {a} to the hectare.",
    ])
    wrong = round(average * r.choice([0.5, 1.5, 2])) + 1
    return [form.format(t=count * average, n=count, a=value) for value in (average, wrong)]


def range_reversed(r):
    low = r.randint(30, 90)
    high = low + r.randint(5, 60)
    form = r.choice(["Between {a} and {b} people will come.", "It costs between ${a} and ${b} to enter."])
    return [form.format(a=a, b=b) for a, b in ((low, high), (high, low))]


def currency_symbol(r):
    sign, name, other = r.choice([("$", "dollars", "euros"), ("€", "euros", "pounds"), ("£", "pounds", "euros")])
    value = r.randint(2, 90)
    return [f"It cost {value} million {name} to build.", f"It cost {sign}{value} million {other} to build."]


def temperature_difference(r):
    value = r.randint(1, 9)
    form = r.choice(["The sea has warmed by {c}C ({f:.1f}F).", "The sea is {c}C ({f:.1f}F) warmer than usual."])
    return [form.format(c=value, f=result) for result in (value * 1.8, value * 1.8 + 32)]


def per_capita(r):
    month = r.randint(8, 60) * 50
    form = r.choice(["She earns €{m:,} a month, or €{y:,} a year.", "The rent is ${m:,} a month (${y:,} a year)."])
    return [form.format(m=month, y=year) for year in (month * 12, month * 10)]


def statistics(r):
    t = r.choice([(28, "2.20", ".036"), (60, "3.10", ".003"), (45, "1.20", ".24"), (98, "2.60", ".011")])
    form = "The groups differed, t({}) = {}, p = {}."
    return [form.format(*t), form.format(t[0], t[1], r.choice([".45", ".12", ".60"]))]


def chamber(r):
    seats = r.randint(40, 300)
    yes = r.randint(seats // 2 + 1, seats - 5)
    form = r.choice(["The {s}-seat chamber passed the bill {y} to {n}.", "The {s}-member council approved it {y}-{n}."])
    return [form.format(s=seats, y=yes, n=no) for no in (seats - yes, seats - yes + r.randint(2, 9))]


def parts_sum_later(r):
    parts = [r.randint(20, 40), r.randint(5, 15), r.randint(2, 9)]
    form = "Of the {t} members, {} voted yes, {} voted no and {} abstained."
    return [form.format(*parts, t=total) for total in (sum(parts), sum(parts) + r.choice([-3, -2, 2, 3]))]


def percent_change_wire(r):
    """A change as wire stories print it: with what stands between its values."""
    before = r.randint(200, 900) / 10
    change = r.randint(8, 60)
    after = before * (1 + change / 100)
    form = r.choice([
        "Output rose {c} pct in May to {b:.1f} mln tonnes from {a:.1f} mln a year earlier.",
        "Output was {b:.1f} million tonnes, up {c} percent from last year's {a:.1f} million.",
        "Output reached {b:.1f} million tonnes, {c} percent above the {a:.1f} million of 2019.",
        "A {c} percent rise in output to {b:.1f} million tonnes from {a:.1f} million was a relief.",
        "Output was {b:.1f} million tonnes, compared with {a:.1f} million a year earlier, an increase of {c} percent.",
    ])
    return [form.format(c=value, a=before, b=after) for value in (change, change + r.choice([-1, 1]) * r.randint(4, 7))]


def percent_change_amount(r):
    before = r.randint(100, 900)
    step = r.randint(10, 60)
    form = r.choice([
        "Membership fell by {d} to {b:,} from {a:,}.",
        "The club has {b:,} members, {d} fewer than the {a:,} of last year.",
        "Membership dropped by {d}, from {a:,} to {b:,}, that year.",
    ])
    return [form.format(d=value, a=before, b=before - step) for value in (step, step + r.choice([5, 7, 20]))]


def percent_of_fraction(r):
    name, share, wrong = r.choice([("A third", 1 / 3, 0.5), ("Half", 0.5, 0.4), ("A quarter", 0.25, 0.4), ("One in five", 0.2, 0.35)])
    whole = r.randint(5, 40) * 12
    form = r.choice(["{f} of the {w} clubs ({p}) replied.", "{f} of the {w} clubs, {p} in all, replied.", "{f} of the {w} clubs, or {p}, replied."])
    return [form.format(f=name, w=whole, p=round(whole * value)) for value in (share, wrong)]


CLASSES = {
    "percent-of": percent_of,
    "percent-change": percent_change,
    "percent-point": percent_point,
    "parts-sum": parts_sum,
    "fraction-percent": fraction_percent,
    "vote-margin": vote_margin,
    "threshold-words": threshold_words,
    "unit-conversion": unit_conversion,
    "temperature": temperature,
    "currency-conversion": currency_conversion,
    "percent-change-times": percent_change_times,
    "percent-total": percent_total,
    "figure-drift": figure_drift,
    "magnitude-drift": magnitude_drift,
    "list-count": list_count,
    "numeral-word-echo": numeral_word_echo,
    "ratio-average": ratio_average,
    "range-reversed": range_reversed,
    "currency-symbol": currency_symbol,
    "temperature-difference": temperature_difference,
    "per-capita-per-year": per_capita,
    "statistics-recomputed": statistics,
    "vote-margin-chamber": chamber,
    "parts-sum-later": parts_sum_later,
    "percent-change-wire": percent_change_wire,
    "percent-change-amount": percent_change_amount,
    "percent-of-fraction": percent_of_fraction,
}


def paragraphs(folder, language):
    """Plain paragraphs of a language from the drafts below a folder."""
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.suffix not in {".md", ".txt"} or f"-{language}-" not in path.name and f"lang: {language}" not in path.read_text(errors="replace")[:600]:
            continue
        for paragraph in path.read_text(errors="replace").split("\n\n"):
            plain = paragraph.strip()
            if 200 < len(plain) < 900 and plain[0].isupper() and not any(sign in plain for sign in "|{}<>#`"):
                yield plain.replace("\n", " ")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--factlint", default="target/release/factlint")
    parser.add_argument("--count", type=int, default=50, help="how many to plant of each class")
    parser.add_argument("--lang", default="en", choices=["en", *plant_forms.FORMS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what was missed, and what was flagged wrongly")
    options = parser.parse_args()
    r = random.Random(options.seed)
    pool = list(paragraphs(options.folder, options.lang))
    classes = CLASSES if options.lang == "en" else plant_forms.makers(options.lang, off)
    if len(pool) < 20:
        sys.exit("too few plain paragraphs in that folder")
    planted = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, make in classes.items():
            for number in range(options.count):
                paragraph = r.choice(pool)
                sentences = paragraph.split(". ")
                at = r.randint(0, len(sentences) - 1)
                for kind, sentence in zip(("right", "wrong"), make(r)):
                    text = ". ".join([*sentences[:at], sentence[:-1], *sentences[at:]])
                    file = f"{name}-{number}-{kind}.txt"
                    (pathlib.Path(folder) / file).write_text(text + "\n")
                    planted[file] = (name, kind, sentence)
        command = [options.factlint, "check", "--isolated", "--lang", options.lang, "--select", "numbers", "--select", "units",
                   "--format", "jsonl", folder]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            sys.exit(run.stderr)
        flagged = {}
        for line in run.stdout.splitlines():
            finding = json.loads(line)
            if finding["severity"] != "note":
                flagged.setdefault(pathlib.Path(finding["path"]).name, []).append(finding["rule"])
    counts = {}
    for file, (name, kind, sentence) in planted.items():
        hit = file in flagged
        counts[name, kind] = counts.get((name, kind), 0) + hit
        if options.show and hit != (kind == "wrong"):
            print(f"{'missed' if kind == 'wrong' else 'false '} {name}: {sentence} {flagged.get(file, '')}")
    print(f"{'class':<22} {'found':>12} {'false':>8}")
    for name in classes:
        print(f"{name:<22} {counts[name, 'wrong']:>6} of {options.count:<3} {counts[name, 'right']:>6}")


if __name__ == "__main__":
    main()
