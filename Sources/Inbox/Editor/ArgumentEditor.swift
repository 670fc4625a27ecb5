package import Approvals
package import Cryptography
package import JSONTree
package import WireAPI

/// Somebody's edit of the arguments of one approval, in place, with undo.
package struct ArgumentEditor: Sendable {
    /// What was typed last and where it will go.
    package struct Field: Hashable, Sendable {
        package enum Purpose: Hashable, Sendable {
            /// The value of an existing node; `isFresh` when it was just added.
            case value(path: [Int], kind: String, isFresh: Bool)
            /// The name of a member to be put into the object at `path` before place `index`.
            case name(path: [Int], index: Int)
            /// Another name for the member at `path`.
            case rename(path: [Int])
        }

        package let purpose: Purpose
        package var text: TextField
        /// What is wrong with what was typed so far.
        package var problem: String?
        /// What gets the name that is typed; nil for an empty value.
        var copied: EditNode?
        /// The values that the schema offers for this place.
        package var picks = PickList()
    }

    struct Snapshot: Sendable {
        let tree: EditTree
        let pointer: JSONPointer
    }

    package let id: ApprovalID
    /// The revision that the edit was made on.
    package internal(set) var revision: Int
    package internal(set) var displayedDigest: Digest
    package internal(set) var deadline: Timestamp
    package internal(set) var checks: ArgumentChecks
    package internal(set) var tree: EditTree
    package internal(set) var lines: [EditorLine] = []
    package internal(set) var cursor = 0
    package internal(set) var top = 0
    package internal(set) var field: Field?
    /// What keeps the edit from being sent.
    package internal(set) var problems: [EditProblem] = []
    /// For whom the edited arguments are, when a stricter rule speaks about them.
    package internal(set) var handsOn: String?
    /// The change so far.
    package internal(set) var patch = JSONPatch()
    /// Changes that did not fit a fresh view any more; shown until the next change.
    package internal(set) var misfits: [EditMisfit] = []
    /// The arguments as one text, while somebody edits them so.
    package internal(set) var document: TextDocument?
    /// What is to be said about the text as it is now.
    package internal(set) var verdict: DocumentVerdict?
    /// A text that was left, or that could not be taken over; it is offered again.
    package internal(set) var kept: TextDocument?
    var folded: Set<JSONPointer> = []
    var undone: [Snapshot] = []
    var done: [Snapshot] = []

    static let snapshotsMax = 200
    static let textBytesMax = 256 * 1_024
    static let nameBytesMax = 1_024

    /// Begins to edit what a view shows; `digest` is computed from what is displayed.
    package init(_ view: ApproverView, digest: Digest) {
        id = view.id
        revision = view.revision
        displayedDigest = digest
        deadline = view.requirement.deadline
        checks = ArgumentChecks(view)
        tree = EditTree(view.arguments, redacted: view.redacted)
        relist()
    }

    /// The line under the cursor.
    package var line: EditorLine? { lines.indices.contains(cursor) ? lines[cursor] : nil }

    /// True when nothing keeps the edit from being sent.
    package var isValid: Bool { problems.isEmpty && field == nil }

    /// The first thing that is wrong at a place.
    package func problem(at pointer: JSONPointer) -> String? {
        problems.first { $0.pointer == pointer }?.sentence
    }

    /// Moves the edit onto a fresh view; what does not fit any more is told in `misfits`.
    mutating func rebase(onto view: ApproverView, digest: Digest) {
        let old = tree.original
        let change = patch
        let place = line?.pointer
        revision = view.revision
        displayedDigest = digest
        deadline = view.requirement.deadline
        checks = ArgumentChecks(view)
        tree = EditTree(view.arguments, redacted: view.redacted)
        field = nil
        done = []
        undone = []
        let lost = tree.apply(change, madeOn: old)
        relist()
        misfits = lost
        if let place { moveTo(place) }
    }

    /// Goes on with an edit of an earlier run.
    mutating func revive(_ change: JSONPatch) {
        let lost = tree.apply(change, madeOn: tree.original)
        relist()
        misfits = lost
    }

    /// Takes a whole document that was written elsewhere.
    mutating func take(_ document: JSONValue) throws(EditMisfit) {
        var fresh = tree
        try fresh.take(document)
        field = nil
        change { $0 = fresh }
    }

    /// Recomputes what follows from the tree.
    mutating func relist() {
        lines = EditorLines(tree, folded: folded).lines
        cursor = min(cursor, max(0, lines.count - 1))
        patch = tree.patch
        misfits = []
        problems = checks.problems(in: tree)
        handsOn = checks.handsOn(tree)
        if let refused = checks.refused(in: patch) { problems.insert(refused, at: 0) }
    }

    /// Puts the cursor on a place, opening what hides it; the nearest place around it otherwise.
    mutating func moveTo(_ pointer: JSONPointer) {
        var place: JSONPointer? = pointer
        for length in 0..<max(1, pointer.tokens.count) {
            folded.remove(JSONPointer(tokens: Array(pointer.tokens.prefix(length))))
        }
        lines = EditorLines(tree, folded: folded).lines
        while let wanted = place {
            if let index = lines.firstIndex(where: { $0.pointer == wanted }) {
                cursor = index
                return
            }
            place = wanted.parent
        }
    }

    /// Keeps what is now, so that it can come back, and changes it.
    mutating func change(_ change: (inout EditTree) -> Void) {
        done.append(Snapshot(tree: tree, pointer: line?.pointer ?? .root))
        if done.count > Self.snapshotsMax { done.removeFirst() }
        undone = []
        change(&tree)
        relist()
    }

    /// Takes the last change back; false when there is none.
    mutating func undo() -> Bool {
        guard let last = done.popLast() else { return false }
        undone.append(Snapshot(tree: tree, pointer: line?.pointer ?? .root))
        restore(last)
        return true
    }

    /// Makes the change again that was taken back; false when there is none.
    mutating func redo() -> Bool {
        guard let next = undone.popLast() else { return false }
        done.append(Snapshot(tree: tree, pointer: line?.pointer ?? .root))
        restore(next)
        return true
    }

    private mutating func restore(_ snapshot: Snapshot) {
        tree = snapshot.tree
        relist()
        moveTo(snapshot.pointer)
    }

    /// Keeps the cursor on the screen.
    mutating func scroll(rows: Int) {
        let rows = max(1, rows)
        if cursor < top { top = cursor }
        if cursor >= top + rows { top = cursor - rows + 1 }
        top = min(max(0, top), max(0, lines.count - 1))
    }
}
