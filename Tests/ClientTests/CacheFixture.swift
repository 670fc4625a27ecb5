import Approvals
import Cryptography
import Glibc
import Inbox
import InboxCache
import JSONTree
import Testing
import WireAPI

/// A folder of one test that is gone afterwards.
final class ScratchFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/countersign-test-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        path = String(cString: made)
    }

    deinit {
        let child = ["/bin/rm", "-rf", path]
        var words: [UnsafeMutablePointer<CChar>?] = child.map { strdup($0) } + [nil]
        var process: pid_t = 0
        if posix_spawn(&process, child[0], nil, nil, &words, environ) == 0 {
            waitpid(process, nil, 0)
        }
        words.forEach { free($0) }
    }

    func cacheFolder(
        account: String = "ada", keyPlaces: [CacheKeyPlace]? = nil
    ) -> CacheFolder {
        CacheFolder(
            stateFolder: path + "/state", server: "http://127.0.0.1:1", account: account,
            keyPlaces: keyPlaces ?? [.folder(path + "/run")])
    }

    /// Every byte of every file below.
    func bytes(below folder: String) -> [UInt8] {
        var all: [UInt8] = []
        guard let handle = opendir(folder) else { return all }
        defer { closedir(handle) }
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix("."), let file = fopen(folder + "/" + name, "r") else { continue }
            defer { fclose(file) }
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = fread(&chunk, 1, chunk.count, file)
                guard count > 0 else { break }
                all += chunk.prefix(count)
            }
        }
        return all
    }
}

extension ApprovalSummary {
    /// A row whose id, deadline and text come from one number.
    static func fixture(
        _ number: Int, state: ApprovalState = .pending, revision: Int = 1, deadline: Int? = nil,
        risk: Risk = .low, summary: String = "a summary", settledAt: Timestamp? = nil
    ) throws -> ApprovalSummary {
        ApprovalSummary(
            id: try .fixture(number), revision: revision, state: state, isReleased: false,
            execution: .none, tool: "issue_refund", summary: summary, agent: "support-bot",
            risk: risk, group: try #require(GroupName("finance")),
            createdAt: Timestamp(milliseconds: 1), updatedAt: Timestamp(milliseconds: 2),
            deadline: Timestamp(milliseconds: Int64(deadline ?? number)), posture: .failClosed,
            settledAt: settledAt, reviewing: number % 2 == 0 ? ["bob@acme.test"] : [],
            needsReview: false)
    }
}

extension ApprovalID {
    static func fixture(_ number: Int) throws -> ApprovalID {
        let digits = String(number, radix: 16)
        let padded = String(repeating: "0", count: 12 - digits.count) + digits
        return try #require(ApprovalID("018f0000-0000-7000-8000-\(padded)"))
    }
}

extension ApproverView {
    static func fixture(_ number: Int) throws -> ApproverView {
        let group = try #require(GroupName("finance"))
        return ApproverView(
            id: try .fixture(number), revision: 1, state: .pending, isReleased: false,
            execution: .none, tool: "issue_refund", arguments: ["amount": 5],
            displayedDigest: SHA256.hash([]), context: ContextBody(), origin: OriginBody(),
            agent: PartyBody(id: "a", name: "bot"), risk: .low,
            requirement: RequirementBody(
                group: group, quorum: 1, approvals: 0, deadline: Timestamp(milliseconds: 9),
                posture: .failClosed, rule: "default"),
            createdAt: Timestamp(milliseconds: 1), updatedAt: Timestamp(milliseconds: 1),
            youCanDecide: true, needsReview: false, serverTime: Timestamp(milliseconds: 3))
    }
}

extension Draft {
    static func fixture(_ number: Int, comment: String = "why") throws -> Draft {
        Draft(
            id: try .fixture(number), revision: 1, displayedDigest: SHA256.hash([]),
            deadline: Timestamp(milliseconds: 9), stage: .unsent, verdict: .reject,
            comment: comment, isFullyShown: true, madeAt: Timestamp(milliseconds: 4), key: "k")
    }
}
