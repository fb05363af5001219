import Glibc
import TCCore

/// Every sentence that the command line itself says when something is wrong stands here, so that
/// they agree in style.
enum ErrorText {
    /// The lines that an error becomes on standard error.
    static func lines(_ error: TCError) -> [String] {
        var lines = error.message.split(separator: "\n").map { "tc: \($0)" }
        if let hint = error.hint { lines.append("tc: hint: \(hint)") }
        return lines
    }

    // MARK: The command line

    static func unknownCommand(
        _ name: String, under names: [String], nearest: String?, elsewhere: String?
    ) -> TCError {
        let place = names.joined(separator: " ")
        let hint =
            elsewhere.map { "did you mean '\($0)'?" }
            ?? nearest.map { "did you mean '\(place) \($0)'?" }
            ?? "'\(place) --help' lists the commands"
        return TCError(.usage, "unknown command '\(name)' after '\(place)'", hint: hint)
    }

    static func missingCommand(after place: String, commands: [String]) -> TCError {
        TCError(
            .usage,
            (["a command is missing after '\(place)':"] + commands).joined(separator: "\n"),
            hint: "'\(place) --help' tells more")
    }

    static func unknownFlag(_ flag: String, after place: String) -> TCError {
        TCError(
            .usage, "unknown flag '\(flag)' after '\(place)'",
            hint: "flags stand after the command; '\(place) --help' lists the commands")
    }

    /// A message of the argument parser in our style: lower case first, no full stop, what to do in
    /// the hint.
    static func usage(_ message: String, help place: String) -> TCError {
        var text = message
        var hint = "see '\(place) --help'"
        if text.hasPrefix("Error: ") { text.removeFirst(7) }
        while let last = text.last, last == "." || last == "\n" { text.removeLast() }
        if let range = text.firstRange(of: ". Did you mean ") {
            hint = "did you mean \(text[range.upperBound...])"
            text = String(text[..<range.lowerBound])
        } else if let range = text.firstRange(of: ". Please provide one of ") {
            text = "\(text[..<range.lowerBound]): it must be one of \(text[range.upperBound...])"
        }
        let second = text.dropFirst().first
        // A name in capitals or in quotes at the start stays as it is.
        if second?.isUppercase != true { text = text.prefix(1).lowercased() + text.dropFirst() }
        return TCError(.usage, text, hint: hint)
    }

    static func nothingToRead(_ place: String, examples: [String]) -> TCError {
        TCError(
            .usage,
            (["'\(place)' reads JSON lines from a pipe or from the files named"] + examples)
                .joined(separator: "\n"),
            hint: "see '\(place) --help'")
    }

    static func notACommand(_ path: CommandPath) -> TCError {
        if let surplus = path.rest.first {
            return TCError(.usage, "'\(surplus)' is no command after '\(path.text)'")
        }
        return missingCommand(after: path.text, commands: HelpText.short(path))
    }

    static func noSuchPart(_ part: String, of place: String) -> TCError {
        let reason = part == "output" ? "prints no records" : "reads no records"
        return TCError(.usage, "'\(place)' has no schema of its \(part): it \(reason)")
    }

    static func bug(_ text: String) -> TCError {
        TCError(.bug, text, hint: "this is a defect of tc; please report it")
    }

    static func errorsOverInput(_ path: String, _ source: String) -> TCError {
        TCError(
            .usage, "--errors '\(path)' would overwrite what is being read from \(source)",
            hint: "name another file")
    }

    static func flagsAndFile(_ file: String, _ place: String) -> TCError {
        TCError(
            .usage, "'\(place)' reads no file '\(file)' where flags say what is asked about",
            hint: "leave out the one or the other")
    }

    static let interrupted = TCError(.interrupted, "interrupted")

    // MARK: Lines of input

    static func rejected(_ rejection: Rejection, in source: String?) -> String {
        let hint = rejection.hint.map { " (\($0))" } ?? ""
        let place = source.map { "\($0): " } ?? ""
        return "tc: \(place)line \(rejection.line): \(rejection.message)\(hint)"
    }

    static func moreRejections(_ count: Int, errorsFile: String?) -> String {
        let rest = errorsFile.map { "all are in \($0)" } ?? "--errors FILE keeps them all"
        return "tc: … and \(count) more rejected lines; \(rest)"
    }

    // MARK: Settings

    static func badValue(
        _ text: String, of name: String, from source: SettingSource, expected: String
    ) -> TCError {
        switch source {
        case .flag:
            TCError(.usage, "'\(text)' cannot be used for \(name): it must be \(expected)")
        case .environment(let variable):
            TCError(.configuration, "\(variable) is '\(text)' but must be \(expected)")
        case .file(let path, let line):
            TCError(
                .configuration, "\(path):\(line): \(name) is '\(text)' but must be \(expected)")
        case .byDefault:
            TCError(.bug, "the default of \(name) is '\(text)' but must be \(expected)")
        }
    }

    static func unknownKey(_ key: String, path: String, line: Int, nearest: String?) -> TCError {
        TCError(
            .configuration, "\(path):\(line): unknown setting '\(key)'",
            hint: nearest.map { "did you mean '\($0)'?" } ?? "'tc config show' lists them all")
    }

    static func notSettings(path: String, line: Int) -> TCError {
        TCError(
            .configuration, "\(path):\(line): settings must stand as 'name: value'",
            hint: "'tc config show' lists the names")
    }

    static func listedSetting(_ name: String, path: String, line: Int) -> TCError {
        TCError(.configuration, "\(path):\(line): \(name) takes one value, not a list")
    }

    static let noHome = TCError(
        .configuration, "cannot tell where state lives: neither TC_HOME nor HOME is set",
        hint: "set TC_HOME or give --home DIR")
}

extension TCError {
    /// The error of a failed system call: what was tried, and the system's reason.
    static func system(_ code: Int32, _ what: String) -> TCError {
        let isForbidden = code == EACCES || code == EPERM || code == EROFS
        return TCError(
            isForbidden ? .notPermitted : .io, "\(what): \(String(cString: strerror(code)))")
    }
}
