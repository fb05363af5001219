import Synchronization
import TCCore
import TCWire

@testable import TCAuth

/// Answers in the form that a provider's documentation gives, where the provider itself cannot be asked.
final class ScriptedHTTP: OutboundHTTP {
    private let answers: Mutex<[String: OutboundAnswer]>
    private let sent = Mutex<[OutboundRequest]>([])

    /// - Parameter answers: bodies by URL.
    init(_ answers: [String: String]) {
        self.answers = Mutex(
            answers.mapValues { OutboundAnswer(status: 200, body: Array($0.utf8)) })
    }

    /// What was asked, in order.
    var requests: [OutboundRequest] { sent.withLock { $0 } }

    func set(_ url: String, status: Int = 200, _ body: String) {
        answers.withLock { $0[url] = OutboundAnswer(status: status, body: Array(body.utf8)) }
    }

    func send(_ request: OutboundRequest) async throws -> OutboundAnswer {
        sent.withLock { $0.append(request) }
        let answer = answers.withLock { $0[request.address.text] }
        return answer ?? OutboundAnswer(status: 404)
    }
}

extension OutboundRequest {
    var form: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension OAuth2Client {
    /// Begins and ends a sign-in whose user agreed.
    func signIn(_ provider: String) async throws -> ExternalIdentity {
        let begun = try await begin(provider, redirectURI: "https://fleet.example/callback")
        return try await finish(
            provider,
            try SignInCallback(query: [("code", "c0de"), ("state", begun.field("state"))]),
            cookie: begun.cookie)
    }
}

extension SignInRedirect {
    /// A field of the query as it stands there, empty where it is absent.
    func field(_ name: String) -> String {
        let query = url.split(separator: "?", maxSplits: 1).last ?? ""
        let field = query.split(separator: "&").first { $0.hasPrefix("\(name)=") }
        return String(field?.dropFirst(name.count + 1) ?? "")
    }
}
