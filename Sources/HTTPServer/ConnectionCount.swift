import NIOCore
import Synchronization

/// How many connections each client has: one address of version 4, or one network of version 6.
final class ConnectionCount: Sendable {
    /// Who connects, as far as the network tells.
    struct Client: Hashable {
        private let bytes: [UInt8]

        /// Nil for a connection that comes over no network.
        init?(_ address: SocketAddress?) {
            switch address {
            case .v4(let known):
                // The address stands behind the family and the port.
                bytes = unsafe withUnsafeBytes(of: known.address) { unsafe Array($0[4..<8]) }
            case .v6(let known):
                // And here behind the flow as well.
                let whole = unsafe withUnsafeBytes(of: known.address) { unsafe Array($0[8..<24]) }
                // Version 4 inside of version 6 begins with zeros; else a network has 64 bits.
                let isMapped = whole.prefix(10).allSatisfy { $0 == 0 }
                bytes = isMapped ? whole : Array(whole.prefix(8))
            case .unixDomainSocket, nil: return nil
            }
        }
    }

    private let most: Int
    private let counts = Mutex<[Client: Int]>([:])

    init(most: Int) { self.most = most }

    /// Counts one more; false when the client has as many as it may.
    func enter(_ client: Client) -> Bool {
        counts.withLock { counts in
            let count = counts[client, default: 0]
            guard count < most else { return false }
            counts[client] = count + 1
            return true
        }
    }

    /// One is gone.
    func leave(_ client: Client) {
        counts.withLock { counts in
            let count = counts[client, default: 1] - 1
            counts[client] = count > 0 ? count : nil
        }
    }
}
