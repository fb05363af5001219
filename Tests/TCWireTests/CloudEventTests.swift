import TCCore
import TCWire
import Testing

/// Events as other programs read them.
struct CloudEventTests {
    private let event = CloudEvent(
        id: "evt_1", source: "tc/auth", type: "tc.auth.user.registered", subject: "usr_\"1\"",
        time: Instant(milliseconds: 1_767_322_980_123), data: "{\"user\":\"usr_1\",\"n\":1e3}")

    private func text(position: Int64?) -> String {
        var writer = JSONWriter()
        writer.event(event, position: position)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func anEventHasTheAttributesOfCloudEventsAndItsDataAsTheyCame() {
        #expect(
            text(position: nil)
                == #"{"specversion":"1.0","id":"evt_1","source":"tc/auth","#
                + #""type":"tc.auth.user.registered","subject":"usr_\"1\"","#
                + #""time":"2026-01-02T03:03:00.123Z","datacontenttype":"application/json","#
                + #""data":{"user":"usr_1","n":1e3}}"#)
    }

    @Test func itsPlaceInTheOutboxIsTheSequenceAttribute() {
        #expect(text(position: 42).contains(#","sequence":"42","data":{"#))
    }
}
