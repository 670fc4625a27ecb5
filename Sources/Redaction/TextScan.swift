/// Looks through one text, layer by layer; every layer is a walk from its begin to its end.
struct TextScan {
    let bytes: [UInt8]
    /// What the name of the member says in which the text stands.
    let key: KeyName
    private(set) var found: [TextFinding] = []
    var budget: ScanBudget
    /// How often a text inside of a text was unwrapped to come here.
    let depth: Int

    /// Texts inside of texts are looked through this deep.
    static let depthMax = 3
    /// More than this in one text hide the text as a whole.
    static let foundMax = 64

    init(_ bytes: [UInt8], key: KeyName, depth: Int, budget: ScanBudget) {
        self.bytes = bytes
        self.key = key
        self.depth = depth
        self.budget = budget
    }

    /// Runs all layers; the findings are in order and do not overlap.
    mutating func run() throws(ScanBudget.Exhausted) {
        guard bytes.count >= Self.bytesMin else { return }
        try budget.spend(bytes.count * 4)
        findPrivateKeys()
        try findProviderKeys()
        try findShapesAround()
        findUserinfo()
        findAssignments()
        findBearers()
        findCurlUsers()
        findAccounts()
        try findWrapped()
        findOpaque()
        settle()
    }

    /// Shorter texts hold nothing that could be told from a word.
    static let bytesMin = 6

    mutating func add(_ kind: FindingKind, _ label: String, _ span: Range<Int>) {
        guard !span.isEmpty, found.count <= Self.foundMax else { return }
        found.append(TextFinding(span: span, kind: kind, label: label))
    }

    /// Leaves one finding, which is all of the text.
    mutating func hideAll(as kind: FindingKind, _ label: String) {
        found = []
        add(kind, label, 0..<bytes.count)
    }

    /// True when all of `span` is found already.
    func isCovered(_ span: Range<Int>) -> Bool {
        found.contains {
            $0.span.lowerBound <= span.lowerBound && $0.span.upperBound >= span.upperBound
        }
    }

    /// True when most of `span` is found already.
    func isMostlyCovered(_ span: Range<Int>) -> Bool {
        found.contains { $0.span.clamped(to: span).count * 2 >= span.count }
    }

    /// Puts what overlaps together, under the name of what was found first.
    private mutating func settle() {
        guard found.count > 1 || found.count > Self.foundMax else { return }
        if found.count > Self.foundMax {
            found = [TextFinding(span: 0..<bytes.count, kind: found[0].kind, label: "secrets")]
            return
        }
        let order = found.enumerated().sorted {
            ($0.element.span.lowerBound, $0.offset) < ($1.element.span.lowerBound, $1.offset)
        }
        var settled: [(rank: Int, finding: TextFinding)] = []
        for (rank, finding) in order {
            guard let last = settled.last, finding.span.lowerBound < last.finding.span.upperBound
            else {
                settled.append((rank, finding))
                continue
            }
            let span =
                last.finding.span
                .lowerBound..<max(
                    last.finding.span.upperBound, finding.span.upperBound)
            var joined = rank < last.rank ? finding : last.finding
            joined.span = span
            settled[settled.count - 1] = (min(rank, last.rank), joined)
        }
        found = settled.map(\.finding)
    }

    /// True when a word may begin at `place`: after a sign, or after a written `\n`.
    func isBoundary(before place: Int) -> Bool {
        guard place > 0, bytes[place - 1].isAlnum || bytes[place - 1] == UInt8(ascii: "_") else {
            return true
        }
        guard place > 1, bytes[place - 2] == UInt8(ascii: "\\") else { return false }
        return [UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t")].contains(bytes[place - 1])
    }

    /// The end of the word that goes on at `place`, without a full stop behind it.
    func wordEnd(from place: Int) -> Int {
        var end = place
        while end < bytes.count {
            if ByteClass.wide.contains(bytes[end]) {
                end += 1
            } else if bytes[end] == UInt8(ascii: "."), end + 1 < bytes.count,
                bytes[end + 1].isAlnum
            {
                end += 1
            } else {
                break
            }
        }
        return end
    }
}
