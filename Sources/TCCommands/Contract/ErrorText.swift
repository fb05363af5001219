import Glibc
import TCCore

/// Every sentence that the command line itself says when something is wrong stands here, so that
/// they agree in style.
enum ErrorText {
    /// The lines that an error becomes on standard error.
    static func lines(_ error: TCError) -> [String] {
        var lines = error.message.split(separator: "\n").map { "tc: \($0)" }
        if lines.isEmpty { lines = ["tc: \(error.kind.rawValue)"] }
        if let hint = error.hint { lines.append("tc: hint: \(hint)") }
        return lines
    }

    static func unknownCommand(_ name: String, under path: [String], nearest: String?) -> TCError {
        let place = path.joined(separator: " ")
        return TCError(
            .usage, "unknown command '\(name)'",
            hint: nearest.map { "did you mean '\(place) \($0)'?" }
                ?? "see '\(place) --help' for the commands")
    }

    static func missingCommand(under path: [String]) -> TCError {
        let place = path.joined(separator: " ")
        return TCError(
            .usage, "a command is missing after '\(place)'",
            hint: "see '\(place) --help' for the commands")
    }

    /// A message of the argument parser in our style: lower case first, no full stop.
    static func usage(_ message: String, help path: [String]) -> TCError {
        var text = message
        if text.hasPrefix("Error: ") { text.removeFirst(7) }
        while text.hasSuffix(".") || text.hasSuffix("\n") { text.removeLast() }
        // An acronym or a flag at the start stays as it is.
        if let first = text.first, first.isUppercase,
            !(text.dropFirst().first?.isUppercase ?? false)
        {
            text = first.lowercased() + text.dropFirst()
        }
        return TCError(.usage, text, hint: "see '\(path.joined(separator: " ")) --help'")
    }

    static let bug = "this is a defect of tc; please report it with the command line"

    static func tooManyRejections(more: Int, errorsFile: String?) -> String {
        "… and \(more) more; "
            + (errorsFile.map { "all are in \($0)" } ?? "--errors FILE writes them all")
    }
}

extension TCError {
    /// The error of a failed system call: what was tried, and the system's reason.
    static func system(_ code: Int32, _ what: String) -> TCError {
        let kind: Kind =
            switch code {
            case EACCES, EPERM, EROFS: .notPermitted
            default: .io
            }
        return TCError(kind, "\(what): \(String(cString: strerror(code)))")
    }
}

extension ErrorText {
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

    static let noHome = TCError(
        .configuration, "cannot tell where state lives: neither TC_HOME nor HOME is set",
        hint: "set TC_HOME or give --home DIR")
}
