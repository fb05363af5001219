"""The one form in which contents are compared: a row is (vehicle, ms, date, 16 numbers, 3 words,
extra), numbers by their bits, `extra` as JSON whose numbers keep their text."""

import json
import struct

NUMBERS = ["soc_pct", "lat", "lon", "alt_m", "heading_deg", "speed_kph", "accel_mps2",
           "odometer_km", "range_km", "battery_c", "battery_kw", "ambient_c", "cabin_c", "target_c",
           "charge_kw", "charge_kwh"]
WORDS = ["hvac", "gear", "charge"]
COLUMNS = ["vehicle_id", "ts"] + NUMBERS + WORDS + ["extra"]


def bits(value):
    """A float's bits, so that -0.0 is not 0.0; None stays."""
    return None if value is None else struct.pack(">d", value).hex()


def parsed(text):
    """JSON whose numbers are their text, as ("number", text)."""
    number = lambda digits: ("number", digits)  # noqa: E731
    return json.loads(text, parse_int=number, parse_float=number)


def row(vehicle, ms, date, numbers, words, extra):
    return (vehicle, ms, date, tuple(bits(value) for value in numbers), tuple(words),
            None if extra is None else json.dumps(parsed(extra), sort_keys=True))


def date_of(ms):
    """YYYY-MM-DD in UTC, by days since 1970 alone."""
    import datetime
    return str(datetime.date(1970, 1, 1) + datetime.timedelta(days=ms // 86_400_000))


def ms_of(text):
    """Milliseconds of the RFC 3339 that tc prints: UTC, three digits."""
    import datetime
    assert text.endswith("Z") and text[-5] == ".", text
    whole = datetime.datetime.fromisoformat(text[:-5] + "+00:00")
    return int(whole.timestamp()) * 1000 + int(text[-4:-1])


def exported(lines):
    """The rows of `tc telemetry export`, in its order."""
    rows = []
    for line in lines:
        record = parsed(line)
        vehicle = record.pop("vehicle_id")
        ms = ms_of(record.pop("ts"))
        numbers = [float(record.pop(name)[1]) if name in record else None for name in NUMBERS]
        words = [record.pop(name, None) for name in WORDS]
        rows.append((vehicle, ms, date_of(ms), tuple(bits(value) for value in numbers),
                     tuple(words), json.dumps(record, sort_keys=True) if record else None))
    return rows


def sort_rows(rows):
    """By vehicle and time: vehicles are ASCII, so any reader's order is the same."""
    return sorted(rows, key=lambda row: row[:2])


def differences(expected, got, limit=5):
    """What a check prints: nothing where both hold the same rows in the same order."""
    if len(expected) != len(got):
        yield f"{len(expected)} rows expected, got {len(got)}"
    shown = 0
    for one, other in zip(expected, got):
        if one != other:
            yield f"expected {one}"
            yield f"     got {other}"
            shown += 1
            if shown == limit:
                return
