"""The parts of man pages that the commands themselves decide.

In a page they stand between a mark and `.\\" end`; the prose and the examples around them are written
by hand. The marks:

    .\\" command: telemetry trips   what --help and tc schema tell about a command
    .\\" shared flags: telemetry    the flags that several commands of a family take, told once
    .\\" every flag:                the flags of every command
"""

import collections
import functools
import json
import re
import subprocess

from commands import TC, help_of, leaves

EVERY = ["--config", "--home", "--quiet", "--no-color", "--help"]
SHARED = ["--store", "--user", "--dry-run", "--listen", "--tls-certificate", "--tls-key", "--tls-client-ca",
          "--drain", "--trusted-proxy", "--jwks", "--issuer", "--audience", "--vehicle", "--from", "--to", "--limit", "--format", "--output", "--errors",
          "--summary", "--progress"]

MARK = re.compile(r'^\.\\" (command|shared flags|every flag): ?(.*)\n(?:.*\n)*?\.\\" end\n', re.M)


@functools.cache
def entries(words, heading):
    """(HEAD, DESCRIPTION) of what `--help` lists under headings that end so: OPTIONS, ARGUMENTS."""
    found = []
    for line in "".join(
            re.findall(rf"^(?:[A-Z]+ )*{heading}:\n((?:  .*\n)+)", help_of(words), re.M)).splitlines():
        if re.match(r"  \S", line):
            head, _, text = line.strip().partition("  ")
            found.append([head, text.strip()])
        else:
            found[-1][1] = f"{found[-1][1]} {line.strip()}".strip()
    return [tuple(entry) for entry in found]


def long_name(head):
    """`-q, --quiet` gives `--quiet`."""
    return re.search(r"--[\w-]+|<.+>", head).group(0)


def escape(text):
    """Text for roff: a hyphen that is one, ASCII alone, no request at a line's start."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    text = re.sub(r"[^\x00-\x7f]", lambda match: f"\\[u{ord(match.group(0)):04X}]", text)
    return re.sub(r"^([.'])", r"\\&\1", text)


def item(head, text):
    """One tagged paragraph."""
    tag = re.sub(r"(--?[a-zA-Z][\w-]*)", lambda match: rf"\fB{escape(match.group(1))}\fR", head)
    tag = re.sub(r"<([^>]+)>", lambda match: rf"\fI{escape(match.group(1))}\fR", tag)
    # The parser's remark on values and defaults reads as sentences of its own.
    remark = re.search(r" \(((?:values|default): [^)]*)\)$", text)
    if remark:
        said = [part[0].upper() + part[1:] + "." for part in remark.group(1).split("; ")]
        text = " ".join([text[: remark.start()], *said])
    return f".TP\n{tag}\n{escape(text)}\n"


def discussion(words):
    """The paragraphs between the options and the exit statuses."""
    text = help_of(words).split("\nEXIT STATUS:\n", 1)[0]
    paragraphs = text.rsplit("OPTIONS:\n", 1)[1].split("\n\n")[1:]
    return [" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip()]


@functools.cache
def output_schema(words):
    """The JSON Schema of what a command prints; None where it prints no records."""
    done = subprocess.run([TC, "schema", *words, "--part", "output"], capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def record(words):
    """The fields of what a command prints, in one paragraph."""
    schema = output_schema(words)
    if not schema or not schema.get("properties"):
        return ""
    fields = []
    # A record that is a message and more needs no second table.
    message = output_schema(("telemetry", "simulate"))["properties"]
    is_message = message.keys() <= schema["properties"].keys()
    for name, field in schema["properties"].items():
        if is_message and name in message:
            continue
        unit = f", {field['unit']}" if field.get("unit") else ""
        said = field.get("description", "")
        if "enum" in field:
            said += ": " + ", ".join(map(str, field["enum"]))
        optional = "" if name in schema.get("required", []) else "?"
        fields.append(rf"\fI{escape(name)}\fR{optional} ({escape(said + unit)})")
    of_message = "those of the message, see above, and\n" if is_message else ""
    return f".PP\nRecord ({escape(schema['title'])}): {of_message}" + ";\n".join(fields) + ".\n"


@functools.cache
def shared_flags(family):
    """Each shared flag as most commands of a family tell it: name to (HEAD, DESCRIPTION)."""
    told = collections.defaultdict(collections.Counter)
    for words in leaves():
        if words[0] == family:
            for entry in entries(tuple(words), "OPTIONS"):
                told[long_name(entry[0])][entry] += 1
    return {name: told[name].most_common(1)[0][0] for name in SHARED
            if sum(told[name].values()) > 1}


def command_block(words):
    """What a command does, its arguments and flags, its record, its statuses."""
    if words not in leaves():
        return ""
    help_text = help_of(words)
    summary = help_text.split("\n", 1)[0].split(": ", 1)[1]
    text = f"{escape(summary[0].upper() + summary[1:])}\n"
    text += "".join(f".PP\n{escape(paragraph)}\n" for paragraph in discussion(words))
    text += "".join(item(*entry) for entry in entries(words, "ARGUMENTS"))
    common = shared_flags(words[0])
    shared = []
    for entry in entries(words, "OPTIONS"):
        name = long_name(entry[0])
        if common.get(name) == entry:
            shared.append(name)
        elif name not in EVERY:
            text += item(*entry)
    if shared:
        listed = ", ".join(rf"\fB{escape(name)}\fR" for name in shared)
        text += f".PP\nShared flags: {listed}.\n"
    # The message itself is the table of the page.
    title = (output_schema(words) or {}).get("title")
    if title == "a telemetry message":
        text += ".PP\nRecord: a telemetry message, see above.\n"
    else:
        text += record(words)
    numbers = re.findall(r"^  (\d+)", help_text.split("EXIT STATUS:\n", 1)[1], re.M)
    return text + f".PP\nExit status: {', '.join(numbers)}.\n"


def regenerated(page):
    """The text of a page with its generated parts as they must be."""
    def block(match):
        kind, words = match.group(1), tuple(match.group(2).split())
        if kind == "command":
            body = command_block(words)
        elif kind == "shared flags":
            body = "".join(item(*entry) for entry in shared_flags(words[0]).values())
        else:
            body = "".join(item(*entry) for entry in entries(tuple(leaves()[0]), "OPTIONS")
                           if long_name(entry[0]) in EVERY)
        head = f"{kind}: {' '.join(words)}".rstrip()
        return f'.\\" {head}\n{body}.\\" end\n'

    return MARK.sub(block, page)


def commands_in(page):
    """The commands that a page tells about, as tuples of words."""
    return [tuple(match.group(2).split()) for match in MARK.finditer(page)
            if match.group(1) == "command"]
