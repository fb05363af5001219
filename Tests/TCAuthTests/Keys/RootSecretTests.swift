import Glibc
import Synchronization
import TCCore
import TCCrypto
import TCStore
import Testing

@testable import TCAuth

@Suite("root secret") struct RootSecretTests {
    @Test("the first start makes a key file for its owner alone, and a copy of it works elsewhere")
    func keyFile() async throws {
        let bed = try await AuthBed(.embedded)
        let token = try await bed.ring().token()
        var info = stat()
        #expect(stat(bed.keyFile, &info) == 0 && info.st_mode & 0o7777 == 0o600)
        let text = try contents(bed.keyFile)
        #expect(text.count == 44 && text.last == UInt8(ascii: "\n"))
        // As some editors and most mounted secrets leave it.
        let copy = Scratch()
        let bare = try copy.file("bare", text.dropLast())
        let link = "\(copy.path)/link"
        #expect(symlink(bare, link) == 0)
        for path in [bare, link] {
            let ring = try await bed.ring(root: .keyFile(path))
            #expect(try await ring.objection(to: token) == nil)
        }
    }

    @Test("another secret is refused by name", arguments: AuthEngines.present)
    func wrong(_ engines: AuthEngines) async throws {
        let right = "seven winters and a kettle"
        let bed = try await AuthBed(engines)
        _ = try await bed.ring()
        let line = [UInt8](repeating: UInt8(ascii: "A"), count: 43)
        let scratch = Scratch()
        let file = try scratch.file("other.key", line)
        let wrongFile = await bed.refusal(root: .keyFile(file))
        #expect(wrongFile?.kind == .configuration && wrongFile?.message.contains(file) == true)
        let none = "\(scratch.path)/none.key"
        let missing = await bed.refusal(root: .keyFile(none))
        #expect(missing?.kind == .configuration && missing?.message.contains(none) == true)
        #expect(access(none, F_OK) != 0, "a new one would not help")
        let kind = await bed.refusal(root: .passphrase(right))
        #expect(kind?.message.contains("under a key file") == true)

        let second = try await AuthBed(engines)
        let token = try await second.ring(root: .passphrase(right)).token()
        // What is kept decides, not what the settings have become.
        let ring = try await second.ring(root: .passphrase(right)) {
            $0.scrypt = .recommended
        }
        #expect(try await ring.objection(to: token) == nil)
        let wrong = await second.refusal(root: .passphrase(right + "s"))
        #expect(wrong?.kind == .configuration)
        #expect(wrong?.message.hasPrefix("the passphrase is not the one") == true)
        #expect(wrong?.message.contains("winters") == false)
        let otherKind = await second.refusal(root: .keyFile(file))
        #expect(otherKind?.message.contains("under a passphrase") == true)
    }

    @Test("a key file that others may read, or that is none, is refused")
    func unfit() async throws {
        let bed = try await AuthBed(.embedded)
        _ = try await bed.ring()
        for mode in [0o644, 0o640, 0o660, 0o602] as [mode_t] {
            #expect(chmod(bed.keyFile, mode) == 0)
            let refusal = await bed.refusal(root: .keyFile(bed.keyFile))
            #expect(refusal?.kind == .configuration)
            #expect(refusal?.message.contains("0\(String(mode, radix: 8))") == true)
        }
        #expect(chmod(bed.keyFile, 0o400) == 0)
        _ = try await bed.ring()

        let scratch = Scratch()
        let pipe = "\(scratch.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let device = "\(scratch.path)/device"
        #expect(symlink("/dev/zero", device) == 0)
        let secret = [UInt8](repeating: UInt8(ascii: "s"), count: 42)
        let malformed = try [
            scratch.file("short", secret), scratch.file("empty", []),
            scratch.file("two lines", secret + Array("s\ns\n".utf8)),
            scratch.file("padded", secret + Array("s=".utf8)),
            scratch.file("long", Array(repeating: UInt8(ascii: "s"), count: 5000)),
            scratch.file("binary", [UInt8](0..<32)),
        ]
        for path in [pipe, device, scratch.path] + malformed {
            let refusal = await bed.refusal(root: .keyFile(path))
            #expect(refusal?.kind == .configuration, "\(path)")
            #expect(refusal?.message.contains(path) == true)
            #expect(refusal?.message.contains("ssss") == false)
        }
    }

    @Test("a passphrase that is easy to guess seals nothing")
    func weak() async throws {
        let bed = try await AuthBed(.embedded)
        for text in ["", "kettle", "seven winters", "aaaaaaaaaaaaaaaaaaaaaa"] {
            let refusal = await bed.refusal(root: .passphrase(text))
            #expect(refusal?.kind == .configuration, "\(text)")
        }
        #expect(try await bed.count("SELECT count(*) FROM auth_root") == 0)
    }

    @Test("two databases with one key file have no key in common")
    func salted() throws {
        let secret = [UInt8](repeating: 7, count: 32)
        let (a, b) = (
            try RootKeys(secret, salt: [UInt8](0..<16)), try RootKeys(secret, salt: [UInt8](1..<17))
        )
        #expect(a.proof != b.proof)
        #expect(a.rotation.authenticate([1]) != b.rotation.authenticate([1]))
        let sealed = try a.cookies.seal([1], nonce: [UInt8](repeating: 0, count: 12))
        for key in [b.cookies, a.signing, a.factors] {
            #expect(throws: TCError.self) { try key.open(sealed) }
        }
    }

    @Test("a secret file is whole or not there, whatever step fails", arguments: [false, true])
    func faults(isKill: Bool) throws {
        let bytes = [UInt8]("seven winters\n".utf8)
        var (step, failures) = (0, 0)
        while true {
            let scratch = Scratch()
            let path = "\(scratch.path)/root.key"
            let counter = Counter()
            let files = FileSystem { [step] _, _ in
                let number = counter.next()
                if isKill { return number >= step ? .kill : nil }
                return number == step ? .fail(ENOSPC) : nil
            }
            var isDone = false
            do {
                try SecretFile(path, files).createIfAbsent(bytes, .machine)
                isDone = true
            } catch {
                failures += 1
            }
            let found = try SecretFile(path).read()
            #expect(found == bytes || found == nil && !isDone)
            // The next start makes good what is missing, also beside what a kill has left.
            try SecretFile(path).createIfAbsent(bytes, .machine)
            #expect(try SecretFile(path).read() == bytes)
            if isDone { break }
            step += 1
        }
        #expect(failures >= 6)
    }

    @Test("of many who make a secret file at once one does")
    func race() async throws {
        let scratch = Scratch()
        let file = SecretFile("\(scratch.path)/root.key")
        let seen = try await together(8) { number in
            try file.createIfAbsent([UInt8](repeating: UInt8(number), count: 32), .machine)
            return try file.read()
        }
        #expect(Set(seen).count == 1 && seen[0]?.count == 32)
    }
}

private final class Counter: Sendable {
    private let count = Atomic(0)
    /// 0, 1, 2 …
    func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
}
