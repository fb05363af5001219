import Glibc
import Synchronization

/// SIGINT and SIGTERM: the first asks or ends, as the command chose; a second always kills.
enum Interruption {
    private static let requested = Atomic<Bool>(false)
    /// The unfinished output file that an immediate end must remove; a C string that lives as long
    /// as the process, or 0. A signal handler may neither lock nor allocate.
    private static let unfinishedFile = Atomic<UInt>(0)

    /// Whether the command was asked to end at its next safe point.
    static var wasRequested: Bool { requested.load(ordering: .relaxed) }

    /// From here on the first signal only asks.
    static func askFirst() {
        install { _ in
            Interruption.requested.store(true, ordering: .relaxed)
            signal(SIGINT, SIG_DFL)
            signal(SIGTERM, SIG_DFL)
        }
    }

    /// From here on the first signal ends the process with status 130.
    static func endAtOnce() {
        install { _ in
            let path = Interruption.unfinishedFile.load(ordering: .relaxed)
            if path != 0 { unlink(UnsafePointer<CChar>(bitPattern: path)!) }
            _exit(130)
        }
    }

    /// Names the file to remove when a signal ends the process at once; nil when there is none now.
    static func setUnfinishedFile(_ path: String?) {
        // Never freed: the handler may be reading the old text, and a command has one output.
        let text = path.map { UInt(bitPattern: strdup($0)) } ?? 0
        unfinishedFile.store(text, ordering: .relaxed)
    }

    private static func install(_ handler: @escaping @convention(c) (Int32) -> Void) {
        // Touched here so that the handler finds both initialised: a lazy initialiser takes a lock.
        requested.store(false, ordering: .relaxed)
        unfinishedFile.store(0, ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        // Without SA_RESTART a read that waits for input returns, so that the flag is looked at.
        action.sa_flags = 0
        for number in [SIGINT, SIGTERM] {
            // Who started us with the signal ignored (nohup, a shell's background job) wants it so.
            var before = sigaction()
            sigaction(number, nil, &before)
            if unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) == 1 { continue }
            sigaction(number, &action, nil)
        }
    }
}
