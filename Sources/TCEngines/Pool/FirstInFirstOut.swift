/// A queue in an array whose used-up front is dropped from time to time, so that each operation but
/// `remove` takes constant time on the average.
struct FirstInFirstOut<Element> {
    private var elements: [Element?] = []
    private var start = 0

    var count: Int { elements.count - start }
    var first: Element? { start < elements.count ? elements[start] : nil }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard start < elements.count else { return nil }
        let element = elements[start]
        elements[start] = nil
        start += 1
        if start > 32, start * 2 > elements.count {
            elements.removeFirst(start)
            start = 0
        }
        return element
    }

    /// Takes out the first element that is meant; nil where there is none.
    mutating func remove(where isMeant: (Element) -> Bool) -> Element? {
        let index = elements[start...].firstIndex { $0.map(isMeant) ?? false }
        return index.flatMap { elements.remove(at: $0) }
    }

    mutating func removeAll() -> [Element] {
        let rest = elements[start...].compactMap { $0 }
        self = FirstInFirstOut()
        return rest
    }
}
