import TCCore
import TCStore

/// Threads for what must wait.
extension PostgresPool {
    /// Has an idle lane do a job, or a new one.
    ///
    /// - Parameters:
    ///   - call: that of the job.
    ///   - slot: that of the job.
    /// - Returns: how the call ended where the system has no thread to give.
    func give(_ job: PostgresLane.Job, _ call: DatabaseCall, _ slot: PostgresSlot?) -> Ended? {
        if let slot { watch.remove(slot.connection.link.descriptor) }
        if let lane = state.withLock({ $0.idleLanes.popLast() }) {
            lane.give(job)
            return nil
        }
        do {
            let lane = try PostgresLane()
            state.withLock { $0.lanes[ObjectIdentifier(lane)] = lane }
            do {
                try EngineThread.start { self.work(lane, job) }
            } catch {
                leave(lane)
                throw error
            }
            return nil
        } catch {
            if let slot { drop(slot) }
            return Ended(call: call, slot: nil, answer: .error(error))
        }
    }

    private func work(_ lane: PostgresLane, _ first: PostgresLane.Job) {
        let server = makeServer(lane)
        var job = first
        while let ended = perform(job, lane, server) {
            // Before the connection is free, so that this lane gets the call that waits for it.
            let isClosed = state.withLock { state in
                if !state.isClosed { state.idleLanes.append(lane) }
                return state.isClosed
            }
            settle(ended)
            if isClosed { break }
            job = lane.take()
        }
        leave(lane)
    }

    /// Does a job and answers its call; nil at the end.
    private func perform(
        _ job: PostgresLane.Job, _ lane: PostgresLane, _ server: PostgresServer
    ) -> Ended? {
        switch job {
        case .end: return nil
        case .serve(let call, let slot):
            lane.work(on: call)
            defer { lane.work(on: nil) }
            slot?.connection.link.wakeup = lane.wakeup
            return Ended(call: call, slot: keep(server.serve(call, slot?.connection), slot))
        case .finish(let call, let slot, let isSent, let deadline):
            lane.work(on: call)
            defer { lane.work(on: nil) }
            slot.connection.link.wakeup = lane.wakeup
            let connection = server.serve(
                call, slot.connection, rest: (isSent: isSent, deadline: deadline))
            return Ended(call: call, slot: keep(connection, slot))
        }
    }

    /// The place of a connection that a lane is done with.
    ///
    /// - Parameters:
    ///   - connection: nil where it was lost.
    ///   - slot: that of the connection which the lane began with.
    private func keep(_ connection: PostgresConnection?, _ slot: PostgresSlot?) -> PostgresSlot? {
        if let slot, slot.connection !== connection { drop(slot) }
        guard let connection else { return nil }
        let kept =
            slot?.connection === connection
            ? slot
            : state.withLock { state in
                state.lastId += 1
                let slot = PostgresSlot(connection, id: state.lastId)
                state.slots[slot.id] = slot
                return slot
            }
        guard let kept else { return nil }
        do {
            try watch.add(connection.link.descriptor, id: kept.id)
            return kept
        } catch {
            // A connection that cannot be watched is of no use; the next call makes another one.
            drop(kept)
            return nil
        }
    }

    private func leave(_ lane: PostgresLane) {
        state.withLock { $0.lanes[ObjectIdentifier(lane)] = nil }
        endIfDone()
    }

    // MARK: Closing

    /// Returns when every connection is closed; what waits is told that the database is closed.
    func close() async {
        await withCheckedContinuation { closer in
            state.withLock { $0.closers.append(closer) }
            beginClose()
            endIfDone()
        }
    }

    /// The same without waiting.
    func beginClose() {
        let (calls, lanes, idle) = state.withLock { state in
            state.isClosed = true
            for slot in state.idle { state.slots[slot.id] = nil }
            defer { (state.idle, state.idleLanes) = ([], []) }
            // Handed out, so that connections end outside of the lock.
            return (state.queue.removeAll(), state.idleLanes, state.idle)
        }
        for slot in idle { watch.remove(slot.connection.link.descriptor) }
        for lane in lanes { lane.give(.end) }
        wakeup.signal()
        for call in calls { call.fail(settings.isClosed) }
    }

    /// Tells those who close once every thread has ended.
    func endIfDone() {
        let closers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard state.isClosed, state.lanes.isEmpty, !state.hasPoller else { return [] }
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }
}
