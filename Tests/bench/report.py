"""The figures as tables for people."""

from questions import MEANING


def _table(head, rows):
    widths = [max(len(str(row[at])) for row in [head, *rows]) for at in range(len(head))]
    for row in [head, *rows]:
        cells = [str(cell).ljust(width) if at == 0 else str(cell).rjust(width)
                 for at, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())
    print()


def _number(value, form="{:,}"):
    return "" if value is None else form.format(value)


def print_table(figures, sizes, peers):
    print()
    for millions in sizes:
        print(f"{millions:g} million lines, from the file to durable, queryable data\n")
        rows = []
        for figure in figures:
            if figure.get("millions") != millions or "question" in figure:
                continue
            rows.append((figure["engine"], _number(figure["seconds"], "{:.2f}"),
                         _number(round(figure["rows_per_s"] / 1000)),
                         _number(figure.get("cpu_s"), "{:.1f}"), _number(figure.get("rss_mib")),
                         _number(round(figure.get("bytes_on_disk", 0) / 1e6) or None),
                         _number(figure.get("bytes_per_row"), "{:.2f}")))
        _table(("", "s", "thousand rows/s", "CPU s", "RSS MiB", "MB on disk", "bytes a row"), rows)
        engines = ["tc", "tc compact"] + [peer for peer in peers if any(
            figure.get("engine") == peer and figure.get("millions") == millions
            for figure in figures)]
        times = {(figure["engine"], figure["question"]): figure["median_ms"] for figure in figures
                 if figure.get("millions") == millions and "question" in figure}
        print("questions, ms: tc as a whole process, the peers warm in process\n")
        _table(("", *engines), [
            (f"{letter} {meaning}", *(_number(times.get((engine, letter)), "{:.1f}")
                                      for engine in engines))
            for letter, meaning in MEANING.items()])
    for figure in figures:
        if "part" in figure:
            print(", ".join(f"{key} {value}" for key, value in figure.items() if key != "part"),
                  "·", figure["part"])
    print()
