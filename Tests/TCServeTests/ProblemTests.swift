import TCCore
import TCStore
import TCWire
import Testing

@testable import TCServe

struct ProblemTests {
    @Test(
        arguments: [
            (.usage, 422), (.badInput, 422), (.unavailable, 503), (.bug, 500), (.io, 500),
            (.tryAgain, 503), (.notPermitted, 403), (.configuration, 500), (.interrupted, 503),
        ] as [(TCError.Kind, Int)])
    func `every kind of error has its status`(kind: TCError.Kind, status: Int) {
        #expect(Problem(TCError(kind, "x")).status == status)
    }

    @Test func `errors of other types are told by what they stand for`() {
        #expect(Problem(UnknownOutcome(reason: "x")).status == 503)
        #expect(Problem(ConstraintViolation(kind: .unique, name: "x")).status == 500)
        #expect(Problem(CancellationError()).status == 503)
    }

    @Test(arguments: TCError.Kind.allCases)
    func `what is not the caller's doing is told to the log alone`(kind: TCError.Kind) {
        let problem = Problem(TCError(kind, "cannot reach postgres://db7", hint: "look at db7"))
        let answer = String(
            decoding: problem.response(requestID: "r").body, as: UTF8.self)
        #expect(answer.contains("db7") == (problem.status < 500))
        #expect((problem.cause?.contains("db7") ?? false) == (problem.status >= 500))
        #expect(
            (problem.response(requestID: "r").header("retry-after") != nil)
                == (problem.status == 503))
    }

    @Test func `a problem has the members of RFC 9457 and ours`() {
        let problem = Problem(
            422, "invalid_fields", "'a' is missing", hint: "give it",
            faults: [FieldFault(pointer: "/a", message: "'a' is missing")],
            headers: [("Retry-After", "3")])
        let response = problem.response(requestID: "req-1")
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"type":"about:blank","title":"Unprocessable Content","status":422,"#
                + #""code":"invalid_fields","detail":"'a' is missing","hint":"give it","#
                + #""errors":[{"pointer":"/a","detail":"'a' is missing"}],"request_id":"req-1"}"#)
        #expect(response.header("content-type") == "application/problem+json")
        #expect(response.header("retry-after") == "3")
    }
}
