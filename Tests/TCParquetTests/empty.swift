import Testing
@testable import TCParquet
