import Testing
@testable import TCCore
