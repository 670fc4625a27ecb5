import WireAPI
package import Approvals
import JSONTree

/// Which values of the arguments were on the screen, for the approval and revision on it.
package struct SeenValues: Hashable, Sendable {
    /// Names what was shown; another revision or width begins anew.
    package struct Subject: Hashable, Sendable {
        package let id: ApprovalID
        package let revision: Int
    }

    package private(set) var subject: Subject?
    private var columns = 0
    private var edits = JSONPatch()
    /// How many pieces of a value were shown from its start on without a gap.
    private var pieces: [JSONPointer: Int] = [:]
    private var whole: Set<JSONPointer> = []
    /// What was seen to its end before something else came on the screen, the latest last.
    private var complete: [Subject] = []

    static let completeMax = 64

    package init() {}

    /// Takes the lines that stood on a drawn frame.
    ///
    /// `edits` are those that the lines show: they move names, and so the ends of pieces.
    mutating func saw(
        _ lines: ArraySlice<DetailLine>, of view: KnownView, columns: Int,
        edits: JSONPatch = JSONPatch()
    ) {
        begin(Subject(id: view.view.id, revision: view.view.revision))
        arrange(columns: columns, edits: edits)
        for line in lines {
            guard case .value(let pointer, let piece, let isLast) = line.part,
                !whole.contains(pointer)
            else { continue }
            let next = pieces[pointer] ?? 0
            guard piece <= next else { continue }
            pieces[pointer] = max(next, piece + 1)
            if isLast { whole.insert(pointer) }
        }
        guard let subject, whole.count >= view.valueCount, !complete.contains(subject) else {
            return
        }
        complete.append(subject)
        if complete.count > Self.completeMax { complete.removeFirst() }
    }

    /// Every value of a view was on the screen, somewhere else than in the detail.
    mutating func sawWhole(_ view: KnownView) {
        let whole = Subject(id: view.view.id, revision: view.view.revision)
        guard !complete.contains(whole) else { return }
        complete.append(whole)
        if complete.count > Self.completeMax { complete.removeFirst() }
    }

    /// True when every value of a view was on the screen.
    package func isComplete(_ view: KnownView) -> Bool {
        complete.contains(Subject(id: view.view.id, revision: view.view.revision))
    }

    /// How many values of a view were on the screen.
    package func count(of view: KnownView) -> Int {
        if isComplete(view) { return view.valueCount }
        let isSubject = subject == Subject(id: view.view.id, revision: view.view.revision)
        return isSubject ? min(whole.count, view.valueCount) : 0
    }

    /// True when something of a view is or was on the screen.
    package func hasSeen(_ view: KnownView) -> Bool {
        subject == Subject(id: view.view.id, revision: view.view.revision) || isComplete(view)
    }

    /// The first value after `pointer`, in a round, that was not on the screen to its end, and its
    /// first piece that was not; nil when everything was.
    func unseen(of view: KnownView, after pointer: JSONPointer?) -> (JSONPointer, piece: Int)? {
        guard !isComplete(view) else { return nil }
        let isSubject = subject == Subject(id: view.view.id, revision: view.view.revision)
        let order = ReadingOrder(view.view.arguments)
        let here = pointer.flatMap { order.places[$0] } ?? -1
        let missing = order.leaves.filter { !isSubject || !whole.contains($0) }
        let next = missing.first { order.places[$0] ?? 0 > here } ?? missing.first
        return next.map { ($0, isSubject ? pieces[$0] ?? 0 : 0) }
    }

    private mutating func begin(_ fresh: Subject) {
        guard subject != fresh else { return }
        subject = fresh
        whole = []
        pieces = [:]
    }

    /// Pieces of another width are other pieces; what was seen whole stays seen.
    private mutating func arrange(columns: Int, edits: JSONPatch) {
        guard self.columns != columns || self.edits != edits else { return }
        self.columns = columns
        self.edits = edits
        pieces = [:]
    }
}
