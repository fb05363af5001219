import Glibc
import Synchronization
import TCCore
import TCWire
import Testing

@testable import TCTelemetry

/// From lines to a store: batches, order, folding, days, and what ends an ingest.
@Suite struct IngestPipelineTests {
    // MARK: The same store however the work is cut

    @Test(arguments: [
        (chunk: 1000, workers: 1, batch: 1_000_000), (chunk: 1 << 20, workers: 2, batch: 1_000_000),
        (chunk: 4096, workers: 4, batch: 1_000_000), (chunk: 65_536, workers: 2, batch: 500),
        (chunk: 1000, workers: 3, batch: 1), (chunk: 2000, workers: 2, batch: 177),
    ])
    func theStoreDependsOnTheLinesAlone(_ cut: (chunk: Int, workers: Int, batch: Int)) throws {
        let lines = IngestCorpus.lines(cut.batch < 10 ? 60 : 4000, seed: 11)
        var options = IngestOptions()
        options.chunkBytes = cut.chunk
        options.workers = cut.workers
        options.batchRows = cut.batch
        let run = try IngestTestRun(lines, options)
        let model = IngestCorpus.model(lines)
        #expect(run.contents == model.rows)
        #expect(run.rejections == model.rejections)
        #expect(run.counts.read == model.accepted + model.rejections.count)
        #expect(run.counts.accepted == model.accepted)
        #expect(run.progress.last?.counts == run.counts)
        if cut.batch < 1000 {
            #expect(run.progress.count >= (run.counts.read + cut.batch - 1) / cut.batch)
        }
    }

    @Test func ingestingTwiceChangesNothing() throws {
        let lines = IngestCorpus.lines(3000, seed: 5)
        let once = try IngestTestRun(lines, IngestOptions())
        let twice = try IngestTestRun(lines, IngestOptions(), into: once.store)
        #expect(twice.contents == once.contents)
    }

    @Test func anyNumberOfDaysIsStoredByDay() throws {
        let days = (0..<300).map { $0 * 159 }
        let lines = (days + days).enumerated().map { index, day in
            Array("{\"vehicle_id\":\"V\(index % 3)\",\"ts\":\(day * 86_400_000 + index % 5)}".utf8)
        }
        var options = IngestOptions()
        options.workers = 2
        let run = try IngestTestRun(lines, options)
        #expect(run.contents == IngestCorpus.model(lines).rows)
        #expect(run.counts.files == 300)
        #expect(run.counts.rows == run.contents.count)
    }

    @Test func alwaysNewVehiclesDoNotRunOver() throws {
        // Many times the ids that are remembered from batch to batch.
        var options = IngestOptions()
        options.batchRows = 30_000
        options.batchVehicles = 1 << 16
        options.workers = 2
        let text = (0..<320_000).flatMap { Array("{\"vehicle_id\":\"N\($0)\",\"ts\":1}\n".utf8) }
        let run = try IngestTestRun(text: text, options)
        #expect(run.counts.rows == 320_000)
        #expect(run.contents.count == 320_000)
        #expect(Set(run.contents.keys.map(\.vehicle)).count == 320_000)
    }

    @Test(arguments: [(vehicles: 1000, files: 10), (vehicles: 99, files: 1)])
    func aBatchEndsBeforeItKnowsTooManyVehicles(_ fleet: (vehicles: Int, files: Int)) throws {
        var options = IngestOptions()
        options.batchVehicles = 100
        // About 30 lines a chunk.
        options.chunkBytes = 1000
        let text = (0..<2000).flatMap {
            Array("{\"vehicle_id\":\"N\($0 % fleet.vehicles)\",\"ts\":\($0)}\n".utf8)
        }
        let run = try IngestTestRun(text: text, options)
        #expect(run.counts.files >= fleet.files)
        #expect(fleet.files > 1 || run.counts.files == 1)
        #expect(run.contents.count == 2000)
    }

    @Test func wideRowsOfManyVehiclesMakeShorterBatches() throws {
        func files(_ fields: String, vehicles: Int) throws -> Int {
            var options = IngestOptions()
            options.batchMemory = 100_000
            options.chunkBytes = 1000
            let text = (0..<2000).flatMap {
                Array("{\"vehicle_id\":\"N\($0 % vehicles)\",\"ts\":\($0)\(fields)}\n".utf8)
            }
            let run = try IngestTestRun(text: text, options)
            #expect(run.contents.count == 2000)
            return run.counts.files
        }
        // 16, 33 and 51 bytes a row, and 156 a vehicle.
        #expect(try files("", vehicles: 1) == 1)
        #expect(try files(",\"lat\":1,\"lon\":1,\"gear\":\"D\"", vehicles: 1) == 1)
        #expect(try files(",\"lat\":1,\"lon\":1,\"note\":\"\"", vehicles: 1) == 2)
        #expect(try files("", vehicles: 2000) > 3)
    }

    // MARK: Input

    @Test func linesEndInEveryWay() throws {
        let a = #"{"vehicle_id":"A","ts":1}"#
        let b = #"{"vehicle_id":"B","ts":2}"#
        for text in ["\(a)\n\(b)\n", "\(a)\n\(b)", "\(a)\r\n\(b)\r\n", "\n\n\(a)\n \t\n\(b)\n\n"] {
            for chunk in [1, 20, 1000] {
                var options = IngestOptions()
                options.chunkBytes = chunk
                let run = try IngestTestRun(text: Array(text.utf8), options)
                #expect(run.counts.accepted == 2)
                #expect(run.counts.rejected == 0)
            }
        }
    }

    @Test func anEmptyInputIsNoError() throws {
        let run = try IngestTestRun(text: [], IngestOptions())
        #expect(run.counts == IngestCounts())
        #expect(run.progress.isEmpty)
    }

    @Test func lineNumbersCountInEachInput() throws {
        let good = Array("{\"vehicle_id\":\"A\",\"ts\":1}\n".utf8)
        let bad = Array("nonsense\n".utf8)
        for chunk in [10, 100_000] {
            var options = IngestOptions()
            options.chunkBytes = chunk
            let run = try IngestTestRun(
                inputs: [good + bad, [], bad.dropLast() + [], good + good + [10] + bad], options)
            #expect(run.rejections.map(\.place) == ["0:2", "2:1", "3:4"])
            #expect(run.progress.last.map { "\($0.input):\($0.line)" } == "3:4")
        }
    }

    @Test func aLineOfAnyLengthIsOneRejection() throws {
        let good = Array("{\"vehicle_id\":\"A\",\"ts\":1}\n".utf8)
        let long = [UInt8](repeating: 120, count: 5_000_000)
        for chunk in [1000, 1 << 20, 8 << 20] {
            for tail in [[10] + good, []] {
                var options = IngestOptions()
                options.chunkBytes = chunk
                options.workers = 2
                let run = try IngestTestRun(text: good + long + tail, options)
                #expect(run.counts.accepted == (tail.isEmpty ? 1 : 2))
                #expect(
                    run.rejections.map(\.message)
                        == ["the line has 5000000 bytes, more than 1048576"])
                #expect(run.rejections.map(\.place) == ["0:2"])
                #expect(run.rejections[0].textCount == 0)
            }
        }
    }

    @Test func aLineAtTheLimitPassesWhateverTheChunk() throws {
        let head = Array("{\"vehicle_id\":\"A\",\"ts\":1,\"x\":\"".utf8)
        let line =
            head + [UInt8](repeating: 121, count: Limits.lineBytes - head.count - 2)
            + Array("\"}\n".utf8)
        for chunk in [1000, 1 << 20] {
            var options = IngestOptions()
            options.chunkBytes = chunk
            let run = try IngestTestRun(text: line + line + line, options)
            #expect(run.counts.accepted == 3)
            #expect(run.counts.rejected == 0)
        }
    }

    // MARK: Endings

    @Test func aSlowFeedIsStoredBeforeItEnds() throws {
        var ends = [Int32](repeating: 0, count: 2)
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reading, writing) = (ends[0], ends[1])
        var options = IngestOptions()
        options.maxDelay = 0.05
        options.workers = 2
        let store = IngestTestStore()
        let collector = IngestCollector { progress in
            // Each durable batch is answered with the next line: were it not stored until the end of
            // the input, this would wait for ever.
            if progress.counts.accepted < 3 {
                IngestTestRun.put(
                    "{\"vehicle_id\":\"A\",\"ts\":\(progress.counts.accepted)}\n", writing)
            } else {
                close(writing)
            }
        }
        IngestTestRun.put("{\"vehicle_id\":\"A\",\"ts\":0}\n", writing)
        let counts = try store.ingest(options).run(
            [IngestInput(name: "pipe") { reading }], observer: collector, interrupted: { false })
        #expect(counts.accepted == 3)
        #expect(counts.files == 3)
    }

    @Test(arguments: [1, 2, 100]) func anInterruptStoresWhatWasRead(_ batch: Int) throws {
        var ends = [Int32](repeating: 0, count: 2)
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reading, writing) = (ends[0], ends[1])
        defer { close(writing) }
        let lines = (1...5).map { "{\"vehicle_id\":\"A\",\"ts\":\($0)}\n" }.joined()
        IngestTestRun.put(lines + "{\"vehicle_id\":\"B\",\"ts\"", writing)
        var options = IngestOptions()
        options.maxDelay = nil
        options.batchRows = batch
        let read = Atomic<Int>(0)
        let store = IngestTestStore()
        let collector = IngestCollector(
            onRead: { read.store($0, ordering: .relaxed) }, onDurable: { _ in })
        // All five lines leave the pipe at once, and it stays open: only the interrupt can end this.
        let counts = try store.ingest(options).run(
            [IngestInput(name: "pipe") { reading }], observer: collector,
            interrupted: { read.load(ordering: .relaxed) > 0 })
        #expect(counts.read == 5)
        #expect(counts.rows == 5)
        #expect(collector.progress.count == (5 + batch - 1) / batch)
    }

    @Test func anInputThatCannotBeReadComesAfterWhatWas() throws {
        let store = IngestTestStore()
        let collector = IngestCollector { _ in }
        let good = IngestTestRun.input(Array("{\"vehicle_id\":\"A\",\"ts\":1}\n".utf8))
        let missing = IngestInput(name: "gone") { throw TCError(.io, "cannot open 'gone'") }
        #expect(throws: TCError(.io, "cannot open 'gone'")) {
            _ = try store.ingest(IngestOptions()).run(
                [good, missing, good], observer: collector, interrupted: { false })
        }
        #expect(collector.progress.map(\.counts.rows) == [1])
        #expect(try store.contents().count == 1)
    }

    @Test func afterAFailureToStoreNothingMoreIsCalledDurable() throws {
        let lines = (0..<2000).map { Array("{\"vehicle_id\":\"A\",\"ts\":\($0)}\n".utf8) }
        var options = IngestOptions()
        options.batchRows = 10
        options.chunkBytes = 200
        let stored = Atomic<Int>(0)
        let ingest = TelemetryIngest(
            options: options, uptime: { 0 },
            publish: { day in
                if stored.load(ordering: .relaxed) >= 100 { throw TCError(.io, "no space left") }
                stored.add(day.rows, ordering: .relaxed)
                return 1
            })
        let collector = IngestCollector { _ in }
        #expect(throws: TCError(.io, "no space left")) {
            _ = try ingest.run(
                [IngestTestRun.input(lines.flatMap { $0 })], observer: collector,
                interrupted: { false })
        }
        #expect(collector.progress.last?.counts.accepted == stored.load(ordering: .relaxed))
    }

    @Test func anErrorOfTheObserverEndsTheIngest() throws {
        let store = IngestTestStore()
        let collector = IngestCollector { _ in throw TCError(.io, "cannot write the report") }
        #expect(throws: TCError(.io, "cannot write the report")) {
            _ = try store.ingest(IngestOptions()).run(
                [IngestTestRun.input(Array("{\"vehicle_id\":\"A\",\"ts\":1}\n".utf8))],
                observer: collector, interrupted: { false })
        }
    }

    // MARK: Folding

    @Test func laterLinesWinFieldByField() throws {
        let lines = [
            #"{"vehicle_id":"A","ts":5,"soc_pct":1,"alt_m":7,"gear":"P","a":1,"b":2}"#,
            #"{"vehicle_id":"A","ts":4,"soc_pct":9}"#,
            #"{"vehicle_id":"A","ts":5,"soc_pct":2,"hvac":"off","c":{"x":[1]},"a":"new"}"#,
            #"{"vehicle_id":"B","ts":5,"soc_pct":3}"#,
            #"{"vehicle_id":"A","ts":5,"lat":1,"lon":2,"soc_pct":null}"#,
        ]
        let run = try IngestTestRun(lines.map { Array($0.utf8) }, IngestOptions())
        let row = try #require(run.contents[IngestRowKey(vehicle: "A", ts: 5)])
        #expect(row.text == "soc_pct=2.0 lat=1.0 lon=2.0 alt_m=7.0 hvac=1 gear=1")
        #expect(.object(row.extra) == (try JSONReader.parse(#"{"a":"new","b":2,"c":{"x":[1]}}"#)))
        #expect(run.counts.accepted == 5)
        #expect(run.counts.rows == 3)
    }
}
