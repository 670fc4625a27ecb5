import Audit
import Cryptography
import JSONTree
import WireAPI

// Who signed what the inbox pins. Keys are taken at the first use, or from the settings; a later
// key only where an earlier one vouches for it.
extension LogWatch {
    /// What becomes of a newer note of the pinned log.
    enum Admission: Hashable, Sendable {
        /// It is pinned.
        case pinned
        /// It is pinned, and which keys there are is asked for.
        case pinnedWithQuestion
        /// It is not pinned before the keys are known.
        case held
    }

    /// What came of an answer about the keys.
    enum KeyVerdict: Hashable, Sendable {
        /// It is pinned from here on, and these are new.
        case pinned(LogPin, learned: [LogKeys.Change])
        /// It is signed by nobody who is believed.
        case foreign(LogPin)
        /// The answer changes nothing.
        case unclear
    }

    /// What is believed before anything is learned: what was set, else what was pinned.
    func known(_ set: [String], of origin: String) -> LogKeys {
        let fromSettings = LogKeys(set, of: origin)
        return fromSettings.keys.isEmpty ? LogKeys(pin?.keys ?? [], of: origin) : fromSettings
    }

    /// Takes a note that grew from the pinned one, as far as its signatures allow.
    mutating func admit(_ fresh: LogPin, believing set: [String]) -> Admission {
        guard let note = SignedNote(parsing: Array(fresh.note.utf8)),
            let origin = Checkpoint(note)?.origin
        else { return .held }
        var known = known(set, of: origin)
        guard !known.keys.isEmpty else {
            pin = fresh
            return .pinnedWithQuestion
        }
        for key in learned where key.name.hasSameBytes(as: origin) { known.believe(key) }
        let signers = known.signers(of: note)
        guard !signers.isEmpty else {
            held = fresh
            return .held
        }
        held = nil
        pin = fresh
        pin?.keys = signers.map(\.vkey)
        return known.hasStrangers(note, of: origin) ? .pinnedWithQuestion : .pinned
    }

    /// Judges what is held, or pinned, by the keys that the control plane names.
    func judge(_ list: LogKeyList, believing set: [String]) -> KeyVerdict {
        guard var fresh = held ?? pin, let note = SignedNote(parsing: Array(fresh.note.utf8)),
            let origin = Checkpoint(note)?.origin
        else { return .unclear }
        var known = known(set, of: origin)
        let isFirst = known.keys.isEmpty
        if isFirst {
            known = LogKeys(list.keys, of: origin)
        } else {
            known.learn(from: list.changes, of: origin)
        }
        let signers = known.signers(of: note)
        guard !signers.isEmpty else {
            // A pinned note was judged already, except the first one.
            guard held != nil || isFirst else { return .unclear }
            var wrong = pin ?? fresh
            wrong.contradiction = fresh.note
            wrong.isForeign = true
            if !isFirst, wrong.keys.isEmpty { wrong.keys = known.keys.map(\.vkey) }
            return .foreign(wrong)
        }
        fresh.keys = signers.map(\.vkey)
        guard held != nil || fresh.keys != pin?.keys ?? [] else { return .unclear }
        let before = pin?.keys ?? []
        return .pinned(
            fresh,
            learned: known.changes.filter { change in
                !before.contains { $0.hasSameBytes(as: change.key.vkey) }
                    && signers.contains(change.key)
            })
    }
}
