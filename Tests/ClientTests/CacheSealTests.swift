import Approvals
import Cryptography
import Glibc
import Inbox
import InboxCache
import JSONTree
import SQLiteDatabase
import Testing
import WireAPI

/// Goal: the files of the local copy tell nobody anything, and no copy with holes is shown.
@Suite struct CacheSealTests {
    /// Makes words for everything that an approval, its view and its draft hold.
    private struct Canary {
        private var count = 0

        mutating func word() -> String {
            count += 1
            return "canary-\(count)"
        }
    }

    private static func planted(_ number: Int, _ canary: inout Canary) throws -> [CacheChange] {
        var row = try ApprovalSummary.fixture(number, deadline: 1_000)
        row.tool = canary.word()
        row.summary = canary.word()
        row.agent = canary.word()
        row.group = try #require(GroupName(canary.word()))
        row.reviewing = [canary.word() + "@acme.test"]
        row.decidedBy = canary.word()
        var view = try ApproverView.fixture(number)
        view.tool = row.tool
        view.arguments = [
            canary.word(): .string(canary.word()), "list": [.string(canary.word())],
        ]
        view.context = ContextBody(
            summary: canary.word(), reason: canary.word(), preview: canary.word())
        view.agent = PartyBody(id: canary.word(), name: canary.word())
        view.requirement.rule = canary.word()
        view.comments = [
            CommentView(
                by: canary.word(), at: Timestamp(milliseconds: 1), text: canary.word())
        ]
        var draft = try Draft.fixture(number, comment: canary.word())
        draft.key = canary.word()
        draft.edits = JSONPatch([
            .replace(JSONPointer(tokens: [canary.word()]), .string(canary.word()))
        ])
        return [
            .putRows([row]), .putView(view), .putDraft(draft),
            .putFeed(
                CachedFeed(
                    cursor: canary.word(), serverTime: Timestamp(milliseconds: 5),
                    answeredAt: Timestamp(milliseconds: 6))),
        ]
    }

    /// What of the planted words, of ids and of names can be read in the files.
    private func readable(in scratch: ScratchFolder) -> [String] {
        let bytes = scratch.bytesOfAll()
        return ["canary-", "018f0000-0000", "acme.test", "\"tool\""].filter {
            Self.holds(bytes, Array($0.utf8))
        }
    }

    private static func holds(_ bytes: [UInt8], _ word: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var place = 0
            while place + word.count <= bytes.count {
                if bytes[place] == word[0],
                    bytes[place..<place + word.count].elementsEqual(word)
                {
                    return true
                }
                place += 1
            }
            return false
        }
    }

    @Test func noWordCanBeReadAtAnyTime() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.cacheFolder()
        var canary = Canary()
        let cache = try InboxCache(in: folder)
        for number in 1...20 { try cache.apply(try Self.planted(number, &canary)) }
        let cached = try cache.start(rows: 30, views: 30)
        #expect(cached.rows.count == 20 && cached.views.count == 20 && cached.drafts.count == 20)
        #expect(readable(in: scratch) == [], "while it is used")
        try cache.apply([.removeRows([try .fixture(1)]), .removeDraft(try .fixture(1))])
        #expect(readable(in: scratch) == [], "after something was removed")
        try cache.purge(at: Timestamp(milliseconds: InboxCache.settledMillisecondsMax + 2_000))
        #expect(try cache.start(rows: 9, views: 9).rows.isEmpty)
        #expect(readable(in: scratch) == [], "after it ran out")
        try folder.wipe()
        #expect(scratch.bytesOfAll().isEmpty, "neither files nor a key are left")
    }

    @Test func aCopyOfTheFirstFormLeavesNoWord() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.cacheFolder()
        let place = try PrivateFolder(creating: folder.path)
        let path = try place.databaseFile("inbox.sqlite")
        do {
            let old = try SQLiteConnection(path: path)
            try old.execute(
                """
                CREATE TABLE approval (id TEXT); CREATE TABLE view (id TEXT);
                CREATE TABLE draft (id TEXT); CREATE TABLE fact (id TEXT);
                CREATE TABLE feed (id TEXT); CREATE TABLE tally (id TEXT);
                PRAGMA user_version = 1;
                """)
            for number in 0..<200 {
                try old.changes(
                    "INSERT INTO draft VALUES (?1)", [.text("old-words-in-the-clear-\(number)")])
            }
        }
        _ = try InboxCache(in: folder)
        #expect(!Self.holds(scratch.bytesOfAll(), Array("old-words-in-the-clear".utf8)))
    }

    @Test func withoutItsKeyNothingOpensAndTheLossOfDraftsIsKnown() throws {
        let scratch = try ScratchFolder()
        var canary = Canary()
        let folder = scratch.cacheFolder()
        try InboxCache(in: folder).apply(try Self.planted(1, &canary))
        let elsewhere = scratch.cacheFolder(keyPlaces: [.folder(scratch.path + "/other")])
        let cached = try InboxCache(in: elsewhere).start(rows: 9, views: 9)
        #expect(cached.rows.isEmpty && cached.drafts.isEmpty && cached.feed == nil)
        #expect(cached.me == nil && cached.totals == CachedTotals())
        #expect(cached.lostDrafts == 1)
        #expect(try InboxCache(in: elsewhere).start(rows: 9, views: 9).lostDrafts == 0)
    }

    @Test func withoutAPlaceForAKeyThereIsNoCopy() throws {
        let scratch = try ScratchFolder()
        #expect(throws: CacheFailure.self) {
            try InboxCache(in: scratch.cacheFolder(keyPlaces: []))
        }
    }

    @Test func aFolderOnADiskIsNoPlaceForAKey() throws {
        let scratch = try ScratchFolder()
        let onDisk = scratch.cacheFolder(keyPlaces: [.memoryFolder("/usr")])
        #expect(throws: CacheFailure.self) { try InboxCache(in: onDisk) }
        #expect(onDisk.keyPlaceInUse == nil)
    }

    @Test func aKeyThatOthersCouldReadIsNotUsed() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.cacheFolder()
        _ = try InboxCache(in: folder)
        #expect(folder.keyPlaceInUse == .folder(scratch.path + "/run"))
        let run = scratch.path + "/run/countersign"
        let name = try #require(scratch.names(in: run).first)
        #expect(chmod(run + "/" + name, 0o640) == 0)
        #expect(folder.keyPlaceInUse == nil)
    }

    /// The kernel of this machine may refuse keys; then another place is taken.
    @Test func theKernelKeepsAKeyOrAnotherPlaceIsUsed() throws {
        let scratch = try ScratchFolder()
        let places: [CacheKeyPlace] = [.kernel, .folder(scratch.path + "/run")]
        let folder = scratch.cacheFolder(account: scratch.path, keyPlaces: places)
        try InboxCache(in: folder).apply([.putDraft(try .fixture(1))])
        #expect(try InboxCache(in: folder).start(rows: 1, views: 0).drafts.count == 1)
        #expect(folder.keyPlaceInUse != nil)
        try folder.wipe()
        #expect(folder.keyPlaceInUse == nil)
    }

    @Test(arguments: ["moved", "changed", "shortened"])
    func sealedBytesThatWereTouchedHideNoApproval(_ how: String) throws {
        let scratch = try ScratchFolder()
        let folder = scratch.cacheFolder()
        var canary = Canary()
        let cache = try InboxCache(in: folder)
        for number in 1...3 { try cache.apply(try Self.planted(number, &canary)) }
        let file = try SQLiteConnection(path: folder.path + "/inbox.sqlite")
        switch how {
        case "moved":
            try file.execute(
                "UPDATE approval SET body = (SELECT body FROM approval ORDER BY tag LIMIT 1)")
        case "changed":
            try file.execute(
                "UPDATE approval "
                    + "SET body = CAST(substr(body, 1, 20) || x'00' || substr(body, 22) AS BLOB)")
        default: try file.execute("UPDATE approval SET body = x'0102'")
        }
        let cached = try cache.start(rows: 9, views: 9)
        #expect(cached.rows.isEmpty && cached.feed == nil, "a queue with holes was shown")
        #expect(cached.drafts.count == 3)
        #expect(try InboxCache(in: folder).totals() == CachedTotals())
    }
}

extension ScratchFolder {
    /// The names of the files in a folder.
    func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// Every byte of every file, in whatever folder.
    func bytesOfAll(_ folder: String? = nil) -> [UInt8] {
        let folder = folder ?? path
        return bytes(below: folder)
            + names(in: folder).flatMap { name -> [UInt8] in
                var facts = stat()
                let inner = folder + "/" + name
                guard lstat(inner, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
                    return []
                }
                return bytesOfAll(inner)
            }
    }
}
