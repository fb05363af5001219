/// First in, first out. Taking is constant time on average, where `Array.removeFirst` moves all.
package struct Queue<Element> {
    private var items: [Element] = []
    private var head = 0

    package init() {}

    package var count: Int { items.count - head }
    package var first: Element? { head < items.count ? items[head] : nil }

    package mutating func append(_ item: Element) { items.append(item) }

    package mutating func popFirst() -> Element? {
        guard head < items.count else { return nil }
        let item = items[head]
        head += 1
        // What was taken stays until it is half of all, so that each item is moved once at most.
        if head == items.count || head >= 64 && head >= items.count / 2 {
            items.removeFirst(head)
            head = 0
        }
        return item
    }

    /// Removes all, in order.
    package mutating func removeAll() -> [Element] {
        defer {
            items = []
            head = 0
        }
        return Array(items[head...])
    }
}
