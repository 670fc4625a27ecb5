import Approvals
import Audit
import Cryptography
import JSONTree
import WireAPI

/// Whether the audit log is the one that this inbox saw before, grown and nothing else.
package struct LogWatch: Hashable, Sendable {
    /// How a log is not what it was.
    package enum Finding: Hashable, Sendable {
        /// It does not begin with what was signed for so many events.
        case rewritten(events: Int64)
        /// It was signed for more events than there are.
        case shorter(was: Int64, is: Int64)
        /// It has another name.
        case anotherLog(was: String, is: String)
        /// It is signed by no key that is believed; the first one by none that the server names.
        case anotherKey(isFirst: Bool)
    }

    /// What came of an answer.
    enum Verdict: Hashable, Sendable {
        /// The pin stays what it is.
        case unchanged
        /// The log grew: this is pinned from here on.
        case grew(LogPin)
        /// It is not the log that was pinned.
        case contradicted(LogPin)
        /// The answer shows nothing, for or against.
        case unclear
    }

    /// What was seen last.
    package internal(set) var pin: LogPin?
    /// A newer note that waits for the keys of the log.
    var held: LogPin?
    /// Keys that were learned of in this run.
    var learned: [NoteKey] = []
    /// Since when the server grew the log without proving that it only grew.
    var unprovenSince: Timestamp?
    /// When it was asked for last.
    var askedAt: Timestamp?

    /// It is asked for with the feed, and no more often than this.
    static let pauseMilliseconds: Int64 = 30_000

    /// A server may be busy for so long before that is said.
    static let patienceMilliseconds: Int64 = 300_000

    package init() {}

    /// What is wrong with the log; nil when nothing is known to be.
    package var finding: Finding? {
        guard let pin, let other = pin.contradiction, let old = Self.checkpoint(pin.note) else {
            return nil
        }
        if pin.isForeign { return .anotherKey(isFirst: pin.keys.isEmpty) }
        guard let new = Self.checkpoint(other) else { return .rewritten(events: old.size) }
        if !new.origin.utf8.elementsEqual(old.origin.utf8) {
            return .anotherLog(was: old.origin, is: new.origin)
        }
        return new.size < old.size
            ? .shorter(was: old.size, is: new.size) : .rewritten(events: old.size)
    }

    /// What goes along with a decision: what was pinned, unless something came that contradicts it;
    /// whoever decides then was told so on the screen.
    var vouched: Checkpoint? { finding == nil ? pinned : nil }

    /// What the pinned note says.
    var pinned: Checkpoint? { pin.flatMap { Self.checkpoint($0.note) } }

    /// A checkpoint that somebody signed; nil when the text is none.
    static func checkpoint(_ note: String) -> Checkpoint? {
        guard let note = SignedNote(parsing: Array(note.utf8)), !note.signatures.isEmpty else {
            return nil
        }
        return Checkpoint(note)
    }

    /// Takes the newest note without a proof: the first one is pinned, and a later one may only
    /// show that the log is not what it was.
    func judge(_ note: String, at now: Timestamp) -> Verdict {
        guard let fresh = Self.checkpoint(note) else { return .unclear }
        let next = LogPin(note: note, seenAt: now)
        guard let pin, let old = pinned else { return .grew(next) }
        let isOld = fresh.origin.utf8.elementsEqual(old.origin.utf8) && fresh.size >= old.size
        let isSame = fresh.size != old.size || fresh.root == old.root
        guard isOld, isSame else {
            var wrong = pin
            wrong.contradiction = note
            return .contradicted(wrong)
        }
        return fresh.size == old.size ? .unchanged : .unclear
    }

    /// Takes a proof that what was pinned is the beginning of a newer log.
    func judge(_ proof: ConsistencyView, at now: Timestamp) -> Verdict {
        guard let pin, let old = pinned, let note = proof.checkpoint,
            let fresh = Self.checkpoint(note), Int64(proof.from) == old.size
        else { return .unclear }
        let byItself = judge(note, at: now)
        guard byItself == .unclear else { return byItself }
        let hashes = proof.hashes.compactMap { Base64.decode($0).flatMap { Digest(bytes: $0) } }
        guard hashes.count == proof.hashes.count, Int64(proof.to) == fresh.size,
            MerkleProof.isConsistent(
                old.size, old.root, with: fresh.size, fresh.root, proof: hashes)
        else {
            var wrong = pin
            wrong.contradiction = note
            return .contradicted(wrong)
        }
        return .grew(LogPin(note: note, seenAt: now))
    }
}
