import TCCore
import TCStore
import Testing

@testable import TCEngines

/// How a URL names the servers of a cluster. libpq reads it, so it runs where that is.
@Suite(.enabled(if: DatabaseEngine.serverURL != nil, DatabaseEngine.absence))
struct ClusterURLTests {
    @Test(
        arguments: [
            ("postgres://u:p@h1:5432/db?replicas=h2:5433,h3", ["h1:5432", "h2:5433", "h3:5432"]),
            ("postgresql://h1/db?sslmode=disable&replicas=h1:5433", ["h1:5432", "h1:5433"]),
            (
                "postgres://[::1]:5/db?replicas=[fe80::2]:6,h-3.example:65535&connect_timeout=3",
                ["[::1]:5", "[fe80::2]:6", "h-3.example:65535"]
            ),
        ])
    func itsServersShareAllElse(_ url: String, _ addresses: [String]) throws {
        let members = try PostgresURL.members(url, LibPQ.load())
        #expect(members.map(\.address) == addresses)
        let rest = Set(
            members.map { member in
                member.parameters.filter { !["host", "port"].contains($0.keyword) }
                    .map { "\($0.keyword)=\($0.value)" }.sorted()
            })
        #expect(rest.count == 1 && rest.first?.contains("dbname=db") == true)
    }

    @Test(
        arguments: [
            "replicas=", "replicas=h1", "replicas=h1:5432,h2", "replicas=h2,h2:5432",
            "replicas=h2:",
            "replicas=h2:0", "replicas=h2:65536", "replicas=h2:x", "replicas=h 2", "replicas=[::1",
            "replicas=h2/x", "replicas=h2%2Ch3", "replicas=:5432", "replicas=h2&host=h3,h4",
            "replicas=h2&host=/tmp", "replicas=h2&hostaddr=127.0.0.1", "replicas=h2&nonsense=1",
        ])
    func whatNamesNoServersIsRefused(_ parameters: String) throws {
        let error = #expect(throws: TCError.self) {
            try openCluster(
                url: "postgres://tc:hunter2@h1/db?\(parameters)", seams: .machine)
        }
        #expect(error?.kind == .configuration)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func withoutReplicasItIsOneDatabase() throws {
        let cluster = try openCluster(url: "postgres://tc:hunter2@h1/db", seams: .machine)
        #expect(cluster is SingleDatabase)
    }
}
