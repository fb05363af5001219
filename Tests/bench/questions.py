"""The nine questions of peers.py as command lines of tc, and how an answer is told by its check."""

import json

START = 1767323045000


def questions(vehicle):
    """The words after `tc telemetry` for each question, by peers.py's letters."""
    return {
        "a": ["last", "--signals", "lat,lon"],
        "b": ["last", "--vehicle", vehicle],
        "c": ["range", "--vehicle", vehicle, "--from", str(START + 120_000),
              "--to", str(START + 420_001)],
        "d": ["window", "--every", "1m", "--agg", "avg:speed_kph,max:speed_kph"],
        "e": ["alerts", "--soc-below", "15"],
        "f": ["alerts", "--harsh-braking", "3", "--top", "10"],
        "g": ["charges"],
        # peers.py counts each movement between two standstills.
        "h": ["trips", "--gap", "0s"],
        "i": ["area", "--bbox", "37.7,-122.5,37.9,-122.2", "--at", str(START + 300_000),
              "--max-age", "2s"],
    }


MEANING = {
    "a": "last place of every vehicle", "b": "last state of one", "c": "five minutes of one",
    "d": "fleet speed by minute", "e": "soc under 15", "f": "harsh braking, top ten",
    "g": "charging sessions", "h": "trips", "i": "box at a moment",
}

# What peers.py answers on fleetgen's 10,000 vehicles of seed 42 over 600 ticks.
CHECKS = {"a": [10000], "b": [1], "c": [300], "d": [11], "e": [1015], "f": [10],
          "g": [3766, 11396.9], "h": [25314, 43848.5], "i": [150]}

SUMMED = {"g": "energy_kwh", "h": "distance_km"}


def check_of(letter, path):
    """Rows of an answer and, where peers.py sums a column, the sum to one decimal."""
    rows, total = 0, 0.0
    with open(path, encoding="utf-8") as file:
        for line in file:
            rows += 1
            if letter in SUMMED:
                total += json.loads(line).get(SUMMED[letter]) or 0
    return [rows] + ([round(total, 1)] if letter in SUMMED else [])


def agree(one, other):
    """Whether two checks are the same answer: counts exactly, sums to a ten-thousandth, since
    doubles are added in another order and tc prints them rounded."""
    return len(one) == len(other) and one[0] == other[0] and all(
        abs(a - b) <= max(0.1, abs(b) * 1e-4) for a, b in zip(one[1:], other[1:]))
