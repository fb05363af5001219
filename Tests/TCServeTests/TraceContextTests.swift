import TCCore
import Testing

@testable import TCServe
