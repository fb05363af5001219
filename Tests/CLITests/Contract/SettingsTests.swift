import Glibc
import TCCore
import Testing

@testable import TCCommands

@Suite struct SettingsTests {
    @Test func `a typed value comes from the strongest source`() throws {
        let settings = try load(["TC_TELEMETRY_BATCH": "5000"])
        #expect(try settings.value(.telemetryBatch) == 5000)
        #expect(try settings.value(.telemetryBatch, flag: "7") == 7)
        #expect(try load([:]).value(.telemetryBatch) >= 1)
    }

    @Test func `a bad flag is a usage error and a bad variable one of configuration`() throws {
        let settings = try load([:])
        #expect(kind { try settings.value(.telemetryBatch, flag: "0") } == .usage)
        #expect(kind { try load(["TC_TELEMETRY_BATCH": "0"]) } == .configuration)
    }

    @Test func `the store follows the folder for state`() throws {
        let settings = try load(["TC_HOME": "/srv/tc"])
        #expect(try settings.value(.telemetryStore) == "parquet:/srv/tc")
    }

    @Test func `an empty variable counts as absent`() throws {
        let settings = try load(["TC_HOME": "", "HOME": "/home/ada"])
        #expect(try settings.value(.home) == "/home/ada/.local/state/tc")
    }

    @Test func `names and variables in the table are distinct and agree`() {
        #expect(Set(settingTable.map(\.name)).count == settingTable.count)
        for setting in settingTable {
            let words = setting.name.split(separator: ".").joined(separator: "_")
            #expect(setting.variable == "TC_\(words.uppercased())")
        }
    }

    private func load(_ environment: [String: String]) throws -> Settings {
        try Settings.load(config: nil, home: nil, environment: { environment[$0] })
    }

    private func kind(_ body: () throws -> some Any) -> TCError.Kind? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? TCError)?.kind
        }
    }
}
