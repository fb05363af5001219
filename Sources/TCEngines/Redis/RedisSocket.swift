import CHiredis
import Glibc
import TCCore
import TCStore

/// A connection to a server that has let us in. Used by one thread, which may wait in it.
///
/// hiredis finds the host and connects; it owns the descriptor, and this owns hiredis' context. The
/// bytes are sent here and not by hiredis, which would die of SIGPIPE.
final class RedisSocket {
    private let context: UnsafeMutablePointer<redisContext>
    private let reader: RedisReader
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

    var descriptor: Int32 { context.pointee.fd }

    /// Connects, says who we are, chooses the database and waits for an answer: a server that is
    /// stopped still accepts connections, so that only an answer tells it from one that works.
    ///
    /// - Throws: `unavailable`, or `configuration` where the server does not know the user or the
    ///   database. Waits no longer than twice `options.timeout`, and for the name service.
    init(_ address: RedisAddress, options: CacheOptions, uptime: () -> Double) throws {
        let limit = timeval(
            tv_sec: Int(options.timeout.milliseconds / 1000),
            tv_usec: Int(options.timeout.milliseconds % 1000) * 1000)
        guard let context = redisConnectWithTimeout(address.host, address.port, limit) else {
            throw TCError(.io, "there is no memory for a connection")
        }
        guard context.pointee.err == 0 else {
            let reason = withUnsafeBytes(of: context.pointee.errstr) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            redisFree(context)
            throw TCError(.unavailable, "cannot connect: \(reason)")
        }
        do { reader = try RedisReader(mostBytes: max(16 << 20, 4 * options.valueBytes)) } catch {
            redisFree(context)
            throw error
        }
        self.context = context
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        try greet(address, until: uptime() + options.timeout.inSeconds, uptime)
    }

    deinit {
        redisFree(context)
        buffer.deallocate()
    }

    private func greet(
        _ address: RedisAddress, until deadline: Double, _ uptime: () -> Double
    ) throws {
        var requests = RESPWriter()
        var count = 1
        if let password = address.password {
            requests.begin(address.user.isEmpty ? 2 : 3)
            requests.word("AUTH")
            if !address.user.isEmpty { requests.word(address.user) }
            requests.word(password)
            count += 1
        }
        if address.database != 0 {
            requests.begin(2)
            requests.word("SELECT")
            requests.word(Int64(address.database))
            count += 1
        }
        requests.begin(1)
        requests.word("PING")
        // So few bytes always fit into the buffer of a new socket.
        guard try send(requests.bytes[...]) == requests.count else { throw RedisSocket.closed }
        var replies: [RedisReply] = []
        while replies.count < count {
            let left = deadline - uptime()
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard left > 0, poll(&wait, 1, Int32((left * 1000).rounded(.up))) != 0 else {
                throw TCError(.unavailable, "accepted a connection but is silent")
            }
            replies += try receive()
        }
        for case .failure(let error) in replies {
            if error.code == "ERR" {
                throw TCError(
                    .configuration, "refused the user or database \(address.database)")
            }
            throw error.error
        }
    }

    /// Sends what fits now and says how many bytes did.
    func send(_ bytes: ArraySlice<UInt8>) throws -> Int {
        try bytes.withUnsafeBytes { bytes in
            let sent = Glibc.send(
                descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if sent >= 0 { return sent }
            guard errno == EAGAIN || errno == EINTR else { throw RedisSocket.closed }
            return 0
        }
    }

    /// What has come; empty where nothing has.
    func receive() throws -> [RedisReply] {
        var replies: [RedisReply] = []
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 {
            try reader.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: &replies)
        } else if count == 0 || errno != EAGAIN && errno != EINTR {
            throw RedisSocket.closed
        }
        return replies
    }

    private static var closed: TCError {
        TCError(.unavailable, "closed the connection")
    }
}

extension Duration {
    var inSeconds: Double { Double(milliseconds) / 1000 }
}
