import Approvals
import Audit
import ControlPlane
import Cryptography
import Foundation
import Simulation
import Testing

@testable import SQLiteStore

/// Goal: the key of the logs changes whole or not at all, whatever ends the program in between, and
/// what covers the change is signed by both.
@Suite struct LogKeyTests {
    private static let plane = ControlPlane(settings: ControlPlaneSettings(host: "acme.example"))

    private func founded(_ scratch: Scratch) throws {
        let tenant = try #require(TenantName("acme"))
        try scratch.withStore { store in
            try store.commit { writer, surroundings in
                try Self.plane.initialise(
                    tenant: tenant, adminEmail: "a@acme.test", in: writer, with: &surroundings)
            }
        }
    }

    /// Changes the key; `settles` is false for a program that ended before it named the files.
    @discardableResult
    private func rotate(
        _ scratch: Scratch, settles: Bool = true, seed: UInt64 = 2
    ) throws -> [Ed25519Key] {
        let store = try scratch.store(nextLog: .file, seed: seed)
        defer { store.close() }
        let (old, new) = (store.logKeys[0], store.logKeys[1])
        try store.commit { writer, surroundings in
            try Self.plane.rotateLogKey(from: old, to: new, in: writer, with: &surroundings)
        }
        if settles { try store.settleLogKeys() }
        return [old, new]
    }

    private func retire(_ scratch: Scratch) throws -> Bool {
        try SQLiteStore.retireFormerLogKey(in: scratch.path + "/store")
    }

    private func signers(_ store: SQLiteStore, _ keys: [Ed25519Key]) throws -> [Bool] {
        let tenant = try #require(TenantName("acme"))
        let signed = try store.see { try $0.newestCheckpoint(of: tenant) }
        let note = try #require(signed.flatMap { SignedNote(parsing: $0.note) })
        let checkpoint = try #require(signed?.checkpoint)
        return try keys.map { key in
            let known = try #require(NoteKey(name: checkpoint.origin, kind: .note, key: key))
            return note.signatures.contains { known.check($0, of: note.text) != nil }
        }
    }

    @Test func everyChangeIsFoundUnderWhatBothKeysSigned() throws {
        let scratch = try Scratch()
        try founded(scratch)
        let keys = try rotate(scratch)
        let store = try scratch.store()
        defer { store.close() }
        let tenant = try #require(TenantName("acme"))
        let found = try store.see { try $0.keyRotations(of: tenant) }
        let event = try #require(found.first)
        #expect(found.count == 1 && event.type == "key.rotated")
        let covering = try store.see {
            try $0.checkpoints(of: tenant, from: event.sequence + 1, limit: 1)
        }
        let note = try #require(covering.first.flatMap { SignedNote(parsing: $0.note) })
        let origin = try #require(Checkpoint(note)).origin
        for key in keys {
            let known = try #require(NoteKey(name: origin, kind: .note, key: key))
            #expect(note.isSigned(by: known))
        }
    }

    private func names(_ scratch: Scratch) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/store")
            .filter { $0.hasPrefix("log-key") }.sorted()
    }

    @Test func bothSignUntilTheOldOneIsRetired() throws {
        let scratch = try Scratch()
        try founded(scratch)
        let keys = try rotate(scratch)
        #expect(try names(scratch) == ["log-key", "log-key.former"])
        try scratch.withStore { store in
            #expect(store.logKeys == keys)
            let signed = try signers(store, keys)
            #expect(signed == [true, true])
        }
        #expect(throws: StoreRefusal.self) { try rotate(scratch) }
        #expect(try retire(scratch))
        #expect(try retire(scratch) == false)
        try scratch.withStore { #expect($0.logKeys == [keys[1]]) }
        let later = try rotate(scratch, seed: 3)
        #expect(later[0] == keys[1] && !keys.contains(later[1]))
    }

    @Test func whateverEndsTheProgramOneOfTheTwoStatesIsThere() throws {
        let scratch = try Scratch()
        try founded(scratch)
        let first = try scratch.withStore(\.logKeys)
        // The next key was made, and nothing more.
        try scratch.store(nextLog: .file, seed: 4).close()
        #expect(try names(scratch) == ["log-key", "log-key.next"])
        try scratch.withStore { #expect($0.logKeys == first) }
        // The store has it, and the files have their old names.
        let keys = try rotate(scratch, settles: false)
        #expect(keys[0] == first[0])
        #expect(try names(scratch) == ["log-key", "log-key.next"])
        try scratch.withStore { store in
            #expect(store.logKeys == keys)
            let signed = try signers(store, keys)
            #expect(signed == [true, true])
        }
        // Between the two names.
        #expect(try retire(scratch))
        let later = try rotate(scratch, settles: false, seed: 3)
        let folder = scratch.path + "/store/"
        try FileManager.default.moveItem(
            atPath: folder + "log-key", toPath: folder + "log-key.former")
        try scratch.withStore { #expect($0.logKeys == later) }
        #expect(try names(scratch) == ["log-key", "log-key.former"])
    }

    @Test func anotherKeyIsNoFormerOne() throws {
        let scratch = try Scratch()
        try founded(scratch)
        try rotate(scratch)
        let path = scratch.path + "/store/log-key.former"
        try FileManager.default.removeItem(atPath: path)
        let text = String(repeating: "ab", count: 32)
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]))
        #expect(throws: StoreRefusal.self) { try scratch.store() }
    }
}
