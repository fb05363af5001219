import Testing
@testable import TCWire
