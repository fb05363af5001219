import TCCore
import TCEngines
import TCStore

/// The cache: that it answers, and does not forget limits when its memory is full.
enum CacheCheck {
    private static let name = "cache"
    /// Before it, scripts could not ask for the time.
    private static let leastMajor = 5

    static func find(_ checkup: Checkup) async throws -> [DoctorFinding] {
        let url = try checkup.settings.value(.cache)
        let subject = SafeURL.text(url)
        guard url != "memory:" else {
            return [
                DoctorFinding(
                    .passed, name, subject, "each process counts for itself, which is right for one"
                )
            ]
        }
        let cache: any Cache
        do {
            cache = try openCache(url: url, seams: checkup.seams)
        } catch {
            return [DoctorFinding(.failed, name, subject, error)]
        }
        var findings: [DoctorFinding] = []
        do {
            let took = try await checkup.timed { try await cache.check() }.took
            findings.append(DoctorFinding(.passed, name, subject, "it answers in \(took)"))
            findings += try await server(cache, subject)
        } catch {
            findings.append(DoctorFinding(.failed, name, subject, error))
        }
        await cache.close()
        return findings
    }

    private static func server(
        _ cache: any Cache, _ subject: String
    ) async throws -> [DoctorFinding] {
        let reply: CacheReply
        do {
            reply = try await cache.run(information, keys: ["tc:doctor"], arguments: [])
        } catch {
            // A server may keep this from its users.
            return [DoctorFinding(.warning, "cache.server", subject, error)]
        }
        guard case .bytes(let bytes) = reply else { return [] }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        func value(_ field: String) -> String? {
            lines.first { $0.hasPrefix("\(field):") }.map { String($0.dropFirst(field.count + 1)) }
        }
        return [version(value("redis_version"), subject)]
            + [memory(value("maxmemory_policy"), value("maxmemory"), subject)]
    }

    /// What the server says of itself. It names a key because a script must, and leaves it alone.
    private static let information = CacheScript(
        "doctor", lua: "return redis.call('INFO')", twin: { _, _, _ in .null })

    private static func version(_ version: String?, _ subject: String) -> DoctorFinding {
        let name = "cache.server"
        let version = version ?? "of an unknown version"
        guard let major = Int(version.prefix { $0 != "." }), major < leastMajor else {
            return DoctorFinding(.passed, name, subject, "Redis \(version)")
        }
        return DoctorFinding(
            .failed, name, subject, "Redis \(version)", hint: "tc needs \(leastMajor) or newer")
    }

    private static func memory(
        _ policy: String?, _ limit: String?, _ subject: String
    ) -> DoctorFinding {
        let name = "cache.memory"
        let policy = policy ?? "unknown"
        let bytes = limit.flatMap { Int64($0) } ?? 0
        let detail =
            "maxmemory_policy \(policy), maxmemory \(bytes == 0 ? "unlimited" : SizeText.of(bytes))"
        guard policy != "noeviction", policy != "unknown" else {
            return DoctorFinding(.passed, name, subject, detail)
        }
        // Limits have an expiry, so `volatile-…` evicts them as `allkeys-…` does.
        return DoctorFinding(
            .warning, name, subject, detail,
            hint:
                "set maxmemory-policy noeviction: whoever guesses passwords gets more tries when a "
                + "limit is evicted")
    }
}
