import TCCore

/// Where a request comes from.
public struct ClientContext: Sendable, Equatable, Redacted {
    /// The client's address as text; `local` where a command is run on the machine itself.
    public var address: String
    /// As the client says; nil where it does not.
    public var userAgent: String?
    /// What an earlier login of this device was given as `device_token`; nil without. It proves that
    /// the device has logged in before, and nothing else.
    public var deviceToken: String?

    public init(address: String = "local", userAgent: String? = nil, deviceToken: String? = nil) {
        self.address = address
        self.userAgent = userAgent
        self.deviceToken = deviceToken
    }
}
