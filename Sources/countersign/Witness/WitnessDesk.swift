import Approvals
import Audit
import CurlTransport
import WireAPI

/// Answers the requests to a witness; an answer is given after its state is on the disk.
struct WitnessDesk {
    private(set) var witness: Witness
    private let folder: WitnessFolder

    init(witness: Witness, folder: WitnessFolder) {
        self.witness = witness
        self.folder = folder
    }

    /// One request of HTTP.
    mutating func answer(_ head: WitnessRequestHead, _ body: [UInt8]) -> HTTPResponse {
        guard head.path == "/add-checkpoint" else { return Self.plain(404, "no such path") }
        guard head.method == "POST" else { return Self.plain(405, "POST only") }
        var next = witness
        switch next.update(body, atSeconds: SystemSource.now.milliseconds / 1_000) {
        case .cosigned(let lines):
            do {
                try folder.keep(next)
            } catch {
                error.say()
                return Self.plain(500, "the state could not be kept; nothing was cosigned")
            }
            witness = next
            return HTTPResponse(
                status: 200, headers: ["content-type": "text/plain; charset=utf-8"], body: lines)
        case .malformed: return Self.plain(400, "not an add-checkpoint request")
        case .unsigned: return Self.plain(403, "not signed by a known key of the log")
        case .unknownLog: return Self.plain(404, "unknown log")
        case .inconsistent: return Self.plain(422, "the proof does not hold")
        case .conflict(let size):
            return HTTPResponse(
                status: 409, headers: ["content-type": "text/x.tlog.size"],
                body: Array("\(size)\n".utf8))
        }
    }

    static func plain(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["content-type": "text/plain; charset=utf-8"],
            body: Array("\(text)\n".utf8))
    }
}

/// The head of a request of HTTP/1.1, as far as a witness looks at it.
struct WitnessRequestHead: Hashable {
    let method: String
    let path: String
    let bodyCount: Int

    static let bytesMax = 8_192

    /// Reads it, without the empty line at its end; nil when a body cannot be told from it.
    init?(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).utf8
            .split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self) }
        let words = lines.first?.split(separator: " ", omittingEmptySubsequences: false) ?? []
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
        var count: Int?
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            let value = parts[1].drop { $0 == " " || $0 == "\t" }
            switch parts[0].lowercased() {
            case "transfer-encoding": return nil
            case "content-length":
                guard count == nil, let number = Int(value),
                    (0...WitnessRequest.bytesMax)
                        .contains(number)
                else { return nil }
                count = number
            default: continue
            }
        }
        method = String(words[0])
        path = String(words[1])
        bodyCount = count ?? 0
    }
}
