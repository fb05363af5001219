import TCCore
import TCStore

/// What the keys of a database were found to be, without changing or making anything.
public struct KeyExamination: Sendable {
    /// All keys there are and were, in the order in which they sign.
    public let keys: [KeyRecord]
    /// The key that signs now: a token of its own was made and verified. Nil where none may sign, or
    /// that one is among the faults.
    public let signing: KeyRecord?
    /// Why keys that are not retired are of no use.
    public let faults: [TCError]

    /// Opens every key of a database that is not retired, and signs with the one whose turn it is.
    ///
    /// - Parameters:
    ///   - database: with the schema of `AuthSchema.migrations`.
    ///   - root: what the keys should be sealed under; no file is made for it.
    /// - Returns: nil where the database has no keys yet and has not decided what seals them.
    /// - Throws: `configuration` where `root` is not what they were sealed under, or where its file is
    ///   missing, may be read by others or is malformed.
    public static func examine(
        database: any Database, root: RootSecret, settings: KeySettings, seams: Seams
    ) async throws -> KeyExamination? {
        try settings.check()
        guard let roots = try await RootKeys.find(root, in: database) else { return nil }
        let timeline = KeyTimeline(try await KeyRows.all(in: database))
        let maker = KeyMaterialMaker(settings: settings, sealing: roots.signing, seams: seams)
        return KeyExamination(timeline, maker.make(timeline, like: maker.none), seams)
    }

    private init(_ timeline: KeyTimeline, _ material: KeyMaterial, _ seams: Seams) {
        let now = seams.now()
        keys = timeline.keys.map { timeline.record($0, at: now) }
        var faults: [TCError] = []
        var signing: StoredKey?
        let turn = timeline.signing(at: now)
        for key in timeline.live {
            do throws(TCError) {
                let issuer = try material.issuer(key.kid)
                guard key == turn else { continue }
                let token = issuer.access(subject: "doctor", role: "none", sessionID: "none")
                do {
                    _ = try material.access.verify(token.text, at: seams.now())
                    signing = key
                } catch {
                    faults.append(
                        TCError(.bug, "what the key '\(key.kid)' signs is refused: \(error)"))
                }
            } catch {
                faults.append(error)
            }
        }
        self.signing = signing.map { timeline.record($0, at: now) }
        self.faults = faults
    }
}
