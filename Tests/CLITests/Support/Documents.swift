/// A piece of shell that some document shows, and where it stands.
struct ShellBlock: Sendable {
    /// `README.md:42`.
    let place: String
    let script: String
    /// What it must print; nil where that is not shown.
    var output: String?
}

/// Finds the command lines in what we show to people. README.md beside these tests tells the
/// conventions.
enum Documents {
    /// The fences marked `sh`, each with the `output` fence that follows it.
    static func markdown(_ text: String, name: String) -> (blocks: [ShellBlock], misuses: [String])
    {
        var blocks: [ShellBlock] = []
        var misuses: [String] = []
        var mark: String?
        var body: [Substring] = []
        for (number, line) in lines(text) {
            guard line.hasPrefix("```") else {
                if mark != nil { body.append(line) }
                continue
            }
            guard let opened = mark else {
                mark = String(line.dropFirst(3))
                body = []
                continue
            }
            let place = "\(name):\(number - body.count)"
            let content = body.map { $0 + "\n" }.joined()
            switch opened {
            case "sh": blocks.append(ShellBlock(place: place, script: content))
            case "output":
                if blocks.isEmpty { misuses.append("\(place): output of what?") }
                blocks[blocks.count - 1].output = content
            case "sh build": break
            case "bash", "shell", "console", "zsh": misuses.append("\(place): mark it sh")
            default:
                if body.contains(where: { $0.hasPrefix("tc ") || $0.hasPrefix("$ ") }) {
                    misuses.append("\(place): a command line that no test runs")
                }
            }
            mark = nil
        }
        return (blocks, misuses)
    }

    /// The `.EX` … `.EE` blocks of a man page.
    static func manPage(_ text: String, name: String) -> [ShellBlock] {
        var blocks: [ShellBlock] = []
        var body: String?
        for (number, line) in lines(text) {
            if line == ".EX" {
                body = ""
            } else if line == ".EE", let script = body {
                blocks.append(ShellBlock(place: "\(name):\(number)", script: script))
                body = nil
            } else if body != nil {
                body! += plain(line) + "\n"
            }
        }
        return blocks
    }

    /// What roff makes of its escapes, as far as command lines need them; the longer first.
    private static let escapes = [
        ("\\(aq", "'"), ("\\[aq]", "'"), ("\\(dq", "\""), ("\\[dq]", "\""), ("\\(ti", "~"),
        ("\\[ti]", "~"), ("\\(ha", "^"), ("\\[ha]", "^"), ("\\(ga", "`"), ("\\[ga]", "`"),
        ("\\(rs", "\\"), ("\\[rs]", "\\"), ("\\fB", ""), ("\\fI", ""), ("\\fR", ""), ("\\fP", ""),
        ("\\&", ""), ("\\-", "-"), ("\\e", "\\"), ("\\\\", "\\"),
    ]

    /// A line of roff as it is read.
    private static func plain(_ line: Substring) -> String {
        var text = ""
        var rest = line
        while let first = rest.first {
            if first == "\\", let escape = escapes.first(where: { rest.hasPrefix($0.0) }) {
                text += escape.1
                rest = rest.dropFirst(escape.0.count)
            } else {
                text.append(first)
                rest.removeFirst()
            }
        }
        return text
    }

    /// The commands of systemd units: what stands after `ExecStart=`.
    static func units(_ text: String, name: String) -> [ShellBlock] {
        lines(text).compactMap { number, line in
            guard line.hasPrefix("ExecStart=") else { return nil }
            return ShellBlock(place: "\(name):\(number)", script: installed(line.dropFirst(10)))
        }
    }

    /// The commands of a crontab: what stands after the five fields.
    static func crontab(_ text: String, name: String) -> [ShellBlock] {
        lines(text).compactMap { number, line in
            let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
            guard fields.count == 6, let first = line.first, first == "*" || first.isNumber
            else { return nil }
            // Cron reads an unescaped percent sign as the end of the command.
            return ShellBlock(
                place: "\(name):\(number)",
                script: installed(fields[5]).replacing("\\%", with: "%"))
        }
    }

    private static func installed(_ command: Substring) -> String {
        String(command).replacing("/usr/local/bin/tc", with: "tc")
            .replacing("/usr/bin/tc", with: "tc")
    }

    private static func lines(_ text: String) -> [(Int, Substring)] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { ($0.offset + 1, $0.element) }
    }
}
