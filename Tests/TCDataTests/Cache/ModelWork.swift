import TCCore
import TCStore

@testable import TCData

/// What the tasks of a schedule do.
extension ModelWorld {
    /// Runs one schedule to its end and says what it has found.
    func explore() -> [String] {
        for node in nodes {
            start { await self.listen(node) }
            start { await self.confirm(node) }
            for _ in 0..<2 { work { for _ in 0..<12 { await self.read(node) } } }
            work {
                for _ in 0..<2 {
                    for _ in 0..<self.shuffle.random(0...60) { await self.shuffle.step() }
                    await self.write(node)
                }
            }
        }
        start { await self.meddle() }
        if !shuffle.run(most: 200_000) { failures.append("the schedule does not end") }
        if working != 0 { failures.append("\(working) tasks are stuck") }
        return failures
    }

    private func start(_ body: @escaping @Sendable () async -> Void) {
        // Ends before `explore` does, which runs it.
        Task(executorPreference: shuffle) { await body() }
    }

    private func work(_ body: @escaping @Sendable () async -> Void) {
        working += 1
        start {
            await body()
            self.working -= 1
            guard self.working == 0 else { return }
            if self.isLookingBack {
                // Nobody publishes any more.
                for node in self.nodes { node.feed.end() }
            } else {
                self.lookBack()
            }
        }
    }

    /// When all is done and every mark has run out, every change must be seen everywhere.
    private func lookBack() {
        isLookingBack = true
        work {
            while self.changing > 0 || self.isDown || self.isOwed { await self.shuffle.step() }
            self.time += (self.options.longestChange + self.options.window).inSeconds + 0.001
            for node in self.nodes {
                self.work { for _ in 0..<8 { await self.read(node) } }
            }
        }
    }

    private func listen(_ node: ModelNode) async {
        node.cache.hearing.subscribed()
        while let event = await node.subscription.next() {
            await shuffle.step()
            node.cache.hear(event)
        }
    }

    private func confirm(_ node: ModelNode) async {
        while !isOver {
            await shuffle.step()
            await node.cache.confirm()
        }
    }

    // MARK: Reads

    private func read(_ node: ModelNode) async {
        await shuffle.step()
        let row = shuffle.random(0...ModelWorld.rows)
        // The last stands for a value that depends on all rows.
        let isWhole = row == ModelWorld.rows
        let rows = isWhole ? Array(0..<ModelWorld.rows) : [row]
        let required = rows.map { self.required($0, at: node.number) }
        let began = time
        do {
            let cached = try await node.cache.read(
                key: "key\(row)",
                tags: isWhole ? [.table("t")] : [.row(table: "t", key: "\(row)")],
                maxAge: .seconds(600)
            ) { try await self.load(rows, $0, node) }
            guard !node.isDead else { return }
            sources["\(cached.source)", default: 0] += 1
            for (index, required) in required.enumerated()
            where Int(cached.value[index]) < required {
                failures.append(
                    "node \(node.number) read version \(cached.value[index]) of row "
                        + "\(rows[index]) from \(cached.source) at \(began), where \(required) "
                        + "had been acknowledged")
            }
        } catch { if !node.isDead { failures.append("a read failed: \(error)") } }
    }

    private func load(_ rows: [Int], _ fence: Fence, _ node: ModelNode) async throws -> Loaded {
        await shuffle.step()
        // Nothing bounds how far this replica lags but the fence.
        let fits =
            !fence.needsPrimary && !fence.isPartial
            && fence.leastLSN.map { applied >= $0 } == true
        let fromReplica = fits && shuffle.chance(2)
        let position = fromReplica ? applied : self.position
        await shuffle.step()
        // Read after the position was asked for, so perhaps newer.
        let state = state(upTo: fromReplica ? applied : self.position)
        await shuffle.step()
        return Loaded(
            rows.map { UInt8(state[$0]) }, from: fromReplica ? .replica("r") : .primary,
            lsn: UInt64(position))
    }

    // MARK: Writes

    private func write(_ node: ModelNode) async {
        await shuffle.step()
        let row = shuffle.random(0...(ModelWorld.rows - 1))
        let isWhole = shuffle.chance(4)
        changing += 1
        do {
            let written = try await node.cache.write(
                tags: isWhole ? [.table("t")] : [.row(table: "t", key: "\(row)")]
            ) { try await self.change(row, node) }
            changing -= 1
            guard !node.isDead else { return }
            acknowledged[row].append(
                Acknowledged(version: written.value, node: node.number, time: time))
        } catch {
            changing -= 1
            if !(error is UnknownOutcome || error is ModelNode.Dead || error is TCError) {
                failures.append("a write failed: \(error)")
            }
        }
    }

    private func change(_ row: Int, _ node: ModelNode) async throws -> Written<Int> {
        await shuffle.step()
        if node.isDead { throw ModelNode.Dead() }
        if shuffle.chance(8) { throw TCError(.tryAgain, "rolled back") }
        if trouble == .losses, shuffle.chance(6) {
            // Lost to its client, and committed when it pleases, if ever.
            changing += 1
            start {
                for _ in 0..<self.shuffle.random(0...20) { await self.shuffle.step() }
                if self.shuffle.chance(2) { _ = self.commit(row) }
                self.changing -= 1
            }
            throw UnknownOutcome(reason: "as the model wants it")
        }
        let (version, position) = commit(row)
        await shuffle.step()
        return Written(version, lsn: UInt64(position))
    }

    // MARK: Trouble

    private func meddle() async {
        while !isOver {
            await shuffle.step()
            switch shuffle.random(0...9) {
            case 0...3: advance(Double(shuffle.random(1...20)) / 1000)
            case 4: if shuffle.chance(4) { advance(Double(shuffle.random(100...1200)) / 1000) }
            case 5: applied = shuffle.random(applied...position)
            default:
                guard shuffle.chance(12) else { continue }
                switch trouble {
                case .losses: loseSomething()
                case .wipes: forgetShared()
                case .outages: await outage()
                }
            }
        }
    }

    private func advance(_ seconds: Double) {
        // What is owed is told as soon as it can be, before others use the shared cache again.
        if isDown || !isOwed { time += seconds }
    }

    private func loseSomething() {
        let node = nodes[shuffle.random(0...(nodes.count - 1))]
        switch shuffle.random(0...3) {
        case 0:
            node.feed.lose()
            node.feed.resume()
        case 1:
            // At most one, so that there is somebody left to see it.
            if !nodes.contains(where: \.isDead) { node.isDead = true }
        case 2:
            // Marks run out, and no change takes longer than they do.
            if changing == 0 { advance(options.longestChange.inSeconds + 0.001) }
        default: break
        }
    }

    private func forgetShared() {
        do { try wipe() } catch { failures.append("\(error)") }
        // A cluster may lose a master without a word to who listens at another.
        guard shuffle.chance(2) else { return }
        for node in nodes {
            node.feed.lose()
            node.feed.resume()
        }
    }

    /// As long as everybody needs to see it.
    private func outage() async {
        isDown = true
        for node in nodes { node.feed.lose() }
        for _ in 0..<shuffle.random(5...40) {
            await shuffle.step()
            advance(Double(shuffle.random(1...100)) / 1000)
        }
        while !isOver, nodes.contains(where: { $0.cache.outage.reason(at: time) == nil }) {
            await shuffle.step()
        }
        isDown = false
        for node in nodes {
            // Noticed at the last moment: it is from then that each waits.
            node.cache.outage.note(TCError(.unavailable, "down"), at: time)
            node.feed.resume()
        }
    }
}
