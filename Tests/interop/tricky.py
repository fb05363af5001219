"""A data set that holds one of everything: nulls, extremes, every word, times from 1970 to 2100,
`extra` with everything that JSON can say, and days of one row."""

import json

from rows import NUMBERS, WORDS

ENUMS = {"hvac": ["off", "heat", "cool", "auto", "defrost"], "gear": ["P", "R", "N", "D"],
         "charge": ["idle", "connected", "charging", "complete", "fault"]}
RANGES = {"soc_pct": (0, 100), "lat": (-90, 90), "lon": (-180, 180), "heading_deg": (0, 360),
          "speed_kph": (0, 500), "accel_mps2": (-100, 100), "odometer_km": (0, None),
          "range_km": (0, None)}
# Numbers as texts: what they are must survive, however they are written.
NUMBER_TEXTS = ["0", "-0.0", "1", "0.1", "1e-5", "33.333333333333336", "5e-324",
                "2.2250738585072014e-308", "12.5E0", "0.30000000000000004", "99.99999999999999",
                "9007199254740993"]
HUGE = ["1.7976931348623157e308", "9223372036854775807", "123456789012345678901234567890"]
EXTRAS = [
    '"note":"grüße, 世界 🚗, \\u0000\\"\\\\\\n"', '"":"empty name"', '"note":""',
    '"big":123456789012345678901234567890', '"exact":0.1000000000000000055511151231257827',
    '"exp":1E+2', '"list":[1,[2,{"a":null}],"x"]', '"object":{"b":{"c":[]}}', '"none":null',
    '"yes":true', '"no":false', '"Ünïcode-näme":1', '"emptylist":[],"emptyobject":{}',
    '"trip":"T1","driver":"Łukasz"', '"a":1,"b":2,"c":3,"d":"4"',
]
# The first and last accepted moment, both sides of a midnight, leap days, ordinary days.
TIMES = [0, 1, 86_399_999, 86_400_000, 951_782_400_000, 1_767_323_045_123, 1_767_398_399_999,
         1_767_398_400_000, 1_772_323_199_999, 4_102_444_800_000, 4_133_980_799_999]


def tricky_messages():
    """The text of each message, with the vehicle and moment that it is of."""
    messages = []

    def add(vehicle, ts, *fields):
        identity = [f'"vehicle_id":{json.dumps(vehicle)}', f'"ts":{ts}']
        messages.append((vehicle, ts, "{" + ",".join(identity + list(fields)) + "}"))

    for ts in TIMES:
        add("all.null", ts)
    add("A", 1_600_000_000_000, '"soc_pct":5')
    add("z" * 64, TIMES[0])
    add("a-Z_0.9:x", TIMES[-1], *(f'"{name}":null' for name in NUMBERS + WORDS))
    moment = 1_767_323_045_000
    for name in NUMBERS:
        low, high = RANGES.get(name, (None, None))
        texts = NUMBER_TEXTS + [str(bound) for bound in (low, high) if bound is not None]
        if high is None:
            texts += HUGE + ([] if low == 0 else ["-" + text for text in HUGE])
        for text in texts:
            if (high is not None and float(text) > high) or (low is not None and float(text) < low):
                continue
            moment += 1
            beside = {"lat": ['"lon":0.5'], "lon": ['"lat":0.5']}.get(name, [])
            add(f"number.{name}", moment, f'"{name}":{text}', *beside)
    for name, words in ENUMS.items():
        for word in words:
            moment += 1
            add(f"word.{name}", moment, f'"{name}":"{word}"')
    for extra in EXTRAS:
        moment += 1
        add("extra", moment, '"speed_kph":12.5', extra)
    # Rows that are put together from several messages, the later winning field by field.
    for soc in (1, 2, 3):
        add("merged", moment, f'"soc_pct":{soc}', f'"part{soc}":{soc}')
    add("merged", moment, '"gear":"D"')
    # Out of order, and over midnight.
    for step in (5, 1, 4, 2, 3):
        add("late", 1_767_398_400_000 - 3000 + step * 1000, f'"odometer_km":{step}.125')
    # Enough rows that dictionaries, pages and runs of every width are used.
    for index in range(5000):
        fields = [f'"soc_pct":{index % 101}', f'"cabin_c":{index * 0.1:.1f}']
        if index % 3 == 0:
            fields.append(f'"gear":"{ENUMS["gear"][index % 4]}"')
        if index % 7 == 0:
            fields.append(f'"lat":{index / 100 - 25:.6f},"lon":{index / 50:.6f}')
        if index % 1000 == 0:
            fields.append(f'"serial":{index}')
        add(f"many.{index % 37}", 1_767_323_045_000 + index * 997, *fields)
    return messages
