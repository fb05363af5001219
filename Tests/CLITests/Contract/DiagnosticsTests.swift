import Glibc
import Synchronization
import TCCore
import Testing

@testable import TCCommands

/// Standard error, on a terminal and not, with a clock that the test moves.
@Suite struct DiagnosticsTests {
    @Test func `progress shows after a second, ten times a second, and goes before a message`() {
        let screen = Screen(isTerminal: true)
        screen.diagnostics.progress { "early" }
        screen.seconds = 1.0
        screen.diagnostics.progress { "1 M lines" }
        screen.seconds = 1.05
        screen.diagnostics.progress { "too soon" }
        screen.seconds = 1.2
        screen.diagnostics.progress { "2 M lines" }
        screen.diagnostics.error(TCError(.io, "disk full", hint: "free some"))
        #expect(
            screen.text == "\r\u{1B}[K1 M lines\r\u{1B}[K2 M lines\r\u{1B}[K"
                + "tc: disk full\r\ntc: hint: free some\r\n")
    }

    @Test func `progress is taken away at the end`() {
        let screen = Screen(isTerminal: true)
        screen.seconds = 2
        screen.diagnostics.progress { "almost" }
        screen.diagnostics.endProgress()
        screen.diagnostics.endProgress()
        #expect(screen.text == "\r\u{1B}[Kalmost\r\u{1B}[K")
    }

    @Test(arguments: [(false, ProgressMode.auto, false), (true, .off, false), (true, .auto, true)])
    func `progress shows only on a terminal that wants it`(
        isTerminal: Bool, mode: ProgressMode, quiet: Bool
    ) {
        let screen = Screen(isTerminal: isTerminal, mode: mode, quiet: quiet)
        screen.seconds = 5
        screen.diagnostics.progress { "unwanted" }
        #expect(screen.text == "")
    }

    @Test func `machines get a JSON line for each durable step, also when quiet`() {
        let screen = Screen(isTerminal: false, mode: .json, quiet: true)
        screen.diagnostics.durable([("read", 10), ("accepted", 9)])
        #expect(screen.text == "{\"progress\":{\"read\":10,\"accepted\":9}}\n")
        let silent = Screen(isTerminal: false, mode: .auto)
        silent.diagnostics.durable([("read", 10)])
        #expect(silent.text == "")
    }

    @Test func `colour only on a terminal and only where it is allowed`() {
        let coloured = Screen(isTerminal: true, colour: true)
        coloured.diagnostics.error(TCError(.io, "disk full"))
        #expect(coloured.text == "\u{1B}[31mtc:\u{1B}[0m disk full\r\n")
        let file = Screen(isTerminal: false, colour: true)
        file.diagnostics.error(TCError(.io, "disk full"))
        #expect(file.text == "tc: disk full\n")
    }

    @Test func `quiet leaves errors alone`() {
        let screen = Screen(isTerminal: false, quiet: true)
        screen.diagnostics.note("hello")
        screen.diagnostics.warn("careful")
        screen.diagnostics.error(TCError(.io, "disk full"))
        #expect(screen.text == "tc: disk full\n")
    }
}

/// A `Diagnostics` on a pseudoterminal or a pipe, and what it wrote there.
private final class Screen {
    let diagnostics: Diagnostics
    private let clock = Clock()
    private let reading: Int32
    private let writing: Int32

    private final class Clock: Sendable {
        let seconds = Mutex(0.0)
    }

    init(
        isTerminal: Bool, colour: Bool = false, mode: ProgressMode = .auto, quiet: Bool = false
    ) {
        if isTerminal {
            // Glibc's posix_openpt and its kin are hidden from Swift: these are the calls they make,
            // TIOCSPTLCK to unlock the other side and TIOCGPTN for its number.
            reading = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
            var number: Int32 = 0
            precondition(ioctl(reading, 0x4004_5431, &number) == 0, "cannot unlock the terminal")
            precondition(ioctl(reading, 0x8004_5430, &number) == 0, "the terminal has no number")
            writing = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        } else {
            var ends: [Int32] = [0, 0]
            precondition(pipe(&ends) == 0)
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            (reading, writing) = (ends[0], ends[1])
        }
        diagnostics = Diagnostics(
            quiet: quiet, colour: colour, progress: mode, descriptor: writing,
            uptime: { [clock] in clock.seconds.withLock { $0 } })
    }

    deinit { close(reading) }

    var seconds: Double {
        get { clock.seconds.withLock { $0 } }
        set { clock.seconds.withLock { $0 = newValue } }
    }

    /// All that was written; nothing can be written after it was asked for. A terminal makes CR LF
    /// of each line feed.
    var text: String {
        // With its other side closed a read waits for no more than what is on the way.
        close(writing)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(reading, &chunk, chunk.count)
            if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
