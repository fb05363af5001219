import Testing
@testable import TCTelemetry
