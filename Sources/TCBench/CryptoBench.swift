import Glibc
import TCCore
import TCCrypto

/// `TCBench crypto [ROUNDS]`: for each algorithm how often a second a message as long as that of an
/// access token is signed and verified on one core, and what `openssl speed` says of the same. A round
/// takes both, one after the other, so that a machine that changes its speed changes both; each JSON
/// line has the medians of the rates and of their ratio.
func benchCrypto(_ arguments: [String]) throws {
    let rounds = try wholeNumber(arguments, 0, 5)
    // As long as header and payload of an access token.
    let message = [UInt8](repeating: UInt8(ascii: "x"), count: 420)
    for algorithm in [SignatureAlgorithm.es256, .eddsa, .rs256, .hs256] {
        let key = try SigningKey.generate(algorithm)
        let signature = key.sign(message)
        var results: [SpeedRound] = []
        try message.withUnsafeBufferPointer { message in
            try signature.withUnsafeBufferPointer { signature in
                for _ in 0..<rounds {
                    let reference = try OpenSSLSpeed(algorithm, messageBytes: message.count)
                    let sign = ratePerSecond { _ = key.sign(message) }
                    let verify = ratePerSecond {
                        precondition(key.verificationKey.isValid(signature, of: message))
                    }
                    results.append(SpeedRound(reference, sign: sign, verify: verify))
                }
            }
        }
        report("crypto", algorithm, results)
    }
}

/// How often a second of this thread's processor time `body` runs.
func ratePerSecond(_ body: () throws -> Void) rethrows -> Double {
    // The clock is asked after as many runs as take some milliseconds.
    var batch = 1
    var seconds = 0.0
    var count = 0
    while seconds < 1 {
        let began = processorSeconds()
        for _ in 0..<batch { try body() }
        let took = processorSeconds() - began
        if took < 0.005, seconds == 0 {
            batch *= 2
        } else {
            seconds += took
            count += batch
        }
    }
    return Double(count) / seconds
}

/// What one round measured, operations a second.
struct SpeedRound {
    let reference: OpenSSLSpeed
    let sign: Double
    let verify: Double

    init(_ reference: OpenSSLSpeed, sign: Double, verify: Double) {
        self.reference = reference
        self.sign = sign
        self.verify = verify
    }
}

/// Two JSON lines, for signing and verifying.
func report(_ part: String, _ algorithm: SignatureAlgorithm, _ rounds: [SpeedRound]) {
    for (operation, ours, reference) in [
        ("sign", \SpeedRound.sign, \SpeedRound.reference.sign),
        ("verify", \SpeedRound.verify, \SpeedRound.reference.verify),
    ] {
        let ratio = median(rounds.map { $0[keyPath: ours] / $0[keyPath: reference] })
        print(
            "{\"part\":\"\(part)\",\"algorithm\":\"\(algorithm.rawValue)\","
                + "\"operation\":\"\(operation)\",\"rounds\":\(rounds.count),"
                + "\"per_s\":\(Int(median(rounds.map { $0[keyPath: ours] }))),"
                + "\"openssl_per_s\":\(Int(median(rounds.map { $0[keyPath: reference] }))),"
                + "\"ratio\":\((ratio * 1000).rounded() / 1000)}")
    }
}

/// What `openssl speed` measures in a second of processor time.
struct OpenSSLSpeed {
    /// Operations a second.
    let sign: Double
    let verify: Double

    /// Runs the command.
    ///
    /// - Parameter messageBytes: for HMAC; signatures are measured over a hash or some bytes.
    init(_ algorithm: SignatureAlgorithm, messageBytes: Int) throws {
        let command: String
        switch algorithm {
        case .es256: command = "ecdsap256"
        case .eddsa: command = "ed25519"
        case .rs256: command = "rsa3072"
        case .hs256, .hs384, .hs512: command = "-bytes \(messageBytes) -hmac sha256"
        }
        let line = "openssl speed -mr -seconds 1 \(command) 2>/dev/null"
        guard let pipe = popen(line, "r") else { throw TCError(.io, "cannot run '\(line)'") }
        defer { pclose(pipe) }
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = fread(&buffer, 1, buffer.count, pipe)
        let output = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
        // `+F4:3:256:SIGN:VERIFY` for signatures, `+F:9:hmac(sha256):BYTES` for hashes.
        let fields =
            output.split(separator: "\n").last { $0.hasPrefix("+F") }?
            .split(separator: ":").compactMap { Double($0) } ?? []
        if algorithm.isSymmetric, let bytes = fields.last {
            (sign, verify) = (bytes / Double(messageBytes), bytes / Double(messageBytes))
        } else if fields.count >= 2 {
            (sign, verify) = (fields[fields.count - 2], fields[fields.count - 1])
        } else {
            throw TCError(.unavailable, "'\(line)' gave no figures", hint: "install openssl")
        }
    }
}
