import TCStore
import Testing

@Suite("cache keys") struct CacheKeyTests {
    @Test(
        "slots are those of the Redis Cluster specification and of CLUSTER KEYSLOT",
        arguments: [
            ("123456789", 12_739), ("somekey", 11_058), ("foo{hash_tag}", 2515),
            ("bar{hash_tag}", 2515), ("", 0),
        ])
    func slots(_ key: String, _ slot: Int) { #expect(CacheKey.slot(key) == slot) }

    @Test(
        "the hash tag is the first that is not empty, or the whole key",
        arguments: [
            ("a{tag}b{other}", "tag"), ("a{{tag}}", "{tag"), ("{tag", "{tag"), ("tag}", "tag}"),
        ])
    func tags(_ key: String, _ tag: String) { #expect(CacheKey.slot(key) == CacheKey.slot(tag)) }

    @Test("an empty tag is none")
    func emptyTag() { #expect(CacheKey.slot("a{}{b}") != CacheKey.slot("b")) }
}
