import Audit
import Cryptography
import JSONTree

/// What the inboxes of deciders saw of the log, held against the log itself.
///
/// Whoever rewrites history and signs it anew would have to know, at each later decision, which
/// history the approver's inbox had seen.
struct SeenRoots: Hashable, Sendable {
    /// So many sizes back a root is remembered: an inbox asks every half minute.
    static let sizesMax = 65_536

    /// By size, around the end; nil where nothing was noted.
    private var roots: [Digest?] = []
    private var size: Int64 = 0
    /// Decisions whose inbox saw this log.
    private(set) var agreedCount = 0
    /// Decisions whose inbox had seen it too long ago to be compared.
    private(set) var unknownCount = 0

    /// Remembers what the first `size` events come to; sizes come one after the other.
    mutating func note(_ root: Digest, size: Int64) {
        self.size = size
        if roots.isEmpty { roots = Array(repeating: nil, count: Self.sizesMax) }
        roots[Int(size % Int64(Self.sizesMax))] = root
    }

    /// Looks at what a decision says that its inbox had seen; a sentence when it is another log.
    mutating func check(_ header: RecordHeader) -> String? {
        guard let seen = header.facts["seen_size"]?.intValue else { return nil }
        guard let root = header.facts["seen_root"]?.stringValue else {
            return "The decision names a checkpoint without its root."
        }
        guard seen >= 0, seen <= header.sequence else {
            return "Whoever decided had seen \(seen) events, before there were so many."
        }
        guard let known = self.root(at: seen) else {
            unknownCount += 1
            return nil
        }
        guard known.hex.hasSameBytes(as: root) else {
            return "Whoever decided had seen another log: its first \(seen) events were not these."
        }
        agreedCount += 1
        return nil
    }

    private func root(at wanted: Int64) -> Digest? {
        guard wanted > 0, wanted <= size, size - wanted < Int64(Self.sizesMax) else { return nil }
        return roots[Int(wanted % Int64(Self.sizesMax))]
    }
}
