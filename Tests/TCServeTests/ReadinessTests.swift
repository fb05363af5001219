import Synchronization
import TCCore
import TCWire
import Testing

@testable import TCServe

struct ReadinessTests {
    @Test func `checks run at the same time, are named, and their reasons go to the log alone`()
        async throws
    {
        let first = Gate()
        let second = Gate()
        // Each waits for the other, so that one after the other would never end.
        let service = SampleService.make(checks: [
            HealthCheck("database") {
                first.open()
                try await second.pass()
            },
            HealthCheck("cache") {
                second.open()
                try await first.pass()
                throw TCError(.unavailable, "redis://cache7 does not answer")
            },
        ])
        let log = try await TestServer.with([service]) { server in
            let answer = try await server.send("GET", "/readyz")
            #expect(answer.status == 503)
            #expect(answer.header("retry-after") == "1")
            #expect(
                answer.body == #"{"status":"not_ready","checks":["#
                    + #"{"name":"sample.database","outcome":"passed"},"#
                    + #"{"name":"sample.cache","outcome":"failed"}]}"#)
            #expect(try await server.send("GET", "/healthz").body == #"{"status":"ok"}"#)
        }
        #expect(
            log.contains(
                #""msg":"check failed","check":"sample.cache","cause":"redis://cache7 does not"#))
    }

    @Test func `a report holds for a second, and a check that recovers is told once`() async throws
    {
        let clock = Mutex(100.0)
        let runs = Atomic<Int>(0)
        let isBroken = Atomic<Bool>(true)
        var seams = Seams.running
        seams.uptime = { clock.withLock { $0 } }
        let service = SampleService.make(checks: [
            HealthCheck("database") {
                runs.add(1, ordering: .relaxed)
                if isBroken.load(ordering: .relaxed) { throw TCError(.unavailable, "down") }
            }
        ])
        let log = try await TestServer.with([service], seams: seams) { server in
            var seen: [Int] = []
            for _ in 0..<3 { seen.append(try await server.send("GET", "/readyz").status) }
            #expect(runs.load(ordering: .relaxed) == 1)
            isBroken.store(false, ordering: .relaxed)
            clock.withLock { $0 += 0.9 }
            seen.append(try await server.send("GET", "/readyz").status)
            clock.withLock { $0 += 0.2 }
            seen.append(try await server.send("GET", "/readyz").status)
            #expect(seen == [503, 503, 503, 503, 200])
            #expect(runs.load(ordering: .relaxed) == 2)
        }
        #expect(log.split(separator: "\n").count { $0.contains("check failed") } == 1)
        #expect(log.split(separator: "\n").count { $0.contains("check passed") } == 1)
    }

    @Test func `any number of probes at once costs one run`() async throws {
        let runs = Atomic<Int>(0)
        let gate = Gate()
        let arrived = Gate()
        let run = CheckRun(
            HealthCheck("database", timeout: .seconds(20)) {
                runs.add(1, ordering: .relaxed)
                arrived.open()
                try await gate.pass()
            }, service: "test")
        let log = try ServerLog(descriptor: -1, now: Seams.running.now)
        let readiness = Readiness(checks: [run], log: log, uptime: { 0 })
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { await readiness.report().isReady } }
            try? await arrived.pass()
            gate.open()
            for await isReady in group { #expect(isReady) }
        }
        #expect(runs.load(ordering: .relaxed) == 1)
        log.close()
    }

    @Test func `a check that hangs is timed out and not started again`() async throws {
        let runs = Atomic<Int>(0)
        let hung = Gate()
        let run = CheckRun(
            HealthCheck("database", timeout: .milliseconds(20)) {
                runs.add(1, ordering: .relaxed)
                // As a call into a library that knows nothing of cancellation.
                await withCheckedContinuation { continuation in
                    Task {
                        try await hung.pass()
                        continuation.resume()
                    }
                }
            }, service: "test")
        #expect(await run.outcome() == .timedOut)
        #expect(await run.outcome() == .timedOut)
        #expect(runs.load(ordering: .relaxed) == 1)
        hung.open()
    }
}
