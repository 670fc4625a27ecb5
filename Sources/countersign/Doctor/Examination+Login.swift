import Approvals
import CurlTransport
import Glibc
import InboxCache
import JSONTree
import SystemClock
import TextGrid
import WireAPI

extension Examination {
    /// Who one is, how the server is, and what is kept of it here.
    var login: [Finding] {
        do throws(Complaint) {
            let session = try Session.find(environment, settings)
            return [token(session)] + server(session) + cache(session) + [disk]
        } catch {
            return [Finding("token", error), disk]
        }
    }

    private func token(_ session: Session) -> Finding {
        switch session.source {
        case .environment: Finding("token", .ok, "from COUNTERSIGN_TOKEN")
        case .command(let words): Finding("token", .ok, "from the program \(words.first ?? "")")
        case .login(let passphrase):
            Finding(
                "token", .ok,
                "\(StoredLogin.path(environment)), for you alone, "
                    + (passphrase == nil ? "no passphrase to unlock" : "unlocked by a passphrase"))
        }
    }

    // MARK: Server

    private func server(_ session: Session) -> [Finding] {
        let http = HTTPClient(
            to: session.address, token: session.token, options: session.options)
        let before = SystemClock().wallMilliseconds
        let slow = { Output.note("countersign: waiting for \(session.address.text)") }
        do throws(TransportFailure) {
            let request = HTTPRequest(.get, Route.me.path, headers: ["accept": "application/json"])
            let (response, certificate) = try http.probe(request, whenSlow: slow)
            let after = SystemClock().wallMilliseconds
            var findings = [Finding("server", .ok, session.address.text)]
            findings += tls(session, certificate)
            guard response.isSuccess, let me: MeAnswer = response.value() else {
                let complaint = Complaint(response)
                return findings + [Finding("account", complaint)]
            }
            findings.append(
                Finding(
                    "account", .ok,
                    "\(me.name) in \(me.tenant.rawValue), answered in \(after - before) ms"))
            findings.append(clock(me.serverTime, between: before, and: after))
            findings.append(try contract(http))
            return findings
        } catch {
            return [
                Finding(
                    "server", .fail, "\(session.address.text): \(error.sentence)",
                    fix: error.kind == .insecure
                        ? "Correct the certificate, or name the one to trust with ca_file."
                        : "Check the address, the network, and that countersignd runs.")
            ]
        }
    }

    private func tls(_ session: Session, _ certificate: ServerCertificate?) -> [Finding] {
        guard session.address.isEncrypted else {
            return session.address.isThisMachine
                ? [Finding("tls", .ok, "not needed on this machine")]
                : [
                    Finding(
                        "tls", .fail, "The token travels unencrypted.",
                        fix: "Use https://, and take plain_http out of the settings.")
                ]
        }
        guard let certificate else { return [Finding("tls", .ok, "the certificate is trusted")] }
        let until = "the certificate is trusted until \(certificate.expiry)"
        guard let expiry = CertificateDate.milliseconds(certificate.expiry) else {
            return [Finding("tls", .ok, until)]
        }
        let days = (expiry - SystemClock().wallMilliseconds) / 86_400_000
        return days >= Self.certificateDaysMin
            ? [Finding("tls", .ok, until)]
            : [
                Finding(
                    "tls", .warn, "The certificate ends in \(days) days.",
                    fix: "Whoever runs the control plane has to renew it.")
            ]
    }

    private static let certificateDaysMin: Int64 = 14

    /// More than this apart, and deadlines on the screen would mislead without the server's clock.
    private static let skewMillisecondsMax: Int64 = 5_000

    private func clock(_ server: Timestamp, between before: Int64, and after: Int64) -> Finding {
        let middle = before + (after - before) / 2
        let skew = server.milliseconds - middle
        guard abs(skew) > Self.skewMillisecondsMax + (after - before) / 2 else {
            return Finding("clock", .ok, "as the server's, to \(max(1, abs(skew) / 1_000 + 1)) s")
        }
        let seconds = abs(skew) / 1_000
        return Finding(
            "clock", .warn,
            "This machine is \(seconds) s \(skew > 0 ? "behind" : "ahead of") the server.",
            fix: "Set its clock, as with NTP; the inbox counts by the server's.")
    }

    private func contract(_ http: HTTPClient) throws(TransportFailure) -> Finding {
        let response = try http.perform(HTTPRequest(.get, Route.contract.path))
        let text = String(decoding: response.body.prefix(4_096), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix("  version:") }
        let version = line.map { $0.dropFirst(10).filter { !" \"'".contains($0) } } ?? ""
        guard response.isSuccess, !version.isEmpty else {
            return Finding(
                "contract", .warn, "The server does not say which version it speaks.",
                fix: "Check that a proxy lets /openapi.yaml through.")
        }
        return version.utf8.elementsEqual(Self.contractVersion.utf8)
            ? Finding("contract", .ok, "version \(version) on both sides")
            : Finding(
                "contract", .warn,
                "The server speaks version \(version), this program \(Self.contractVersion).",
                fix: "Bring both to the same version.")
    }

    /// The version of the contract that this program was written for.
    private static let contractVersion = "1"

    // MARK: What is kept

    private func cache(_ session: Session) -> [Finding] {
        guard settings.safety.keepsCopy else {
            return [Finding("cache", .ok, "off: nothing is kept on this machine")]
        }
        let folder = session.cacheFolder(environment)
        if let trouble = folder.trouble {
            return [
                Finding("cache", .fail, trouble, fix: "Correct it, or set cache = false.")
            ]
        }
        let state = folder.exists ? folder.path : "nothing is kept yet"
        guard let place = folder.keyPlaceInUse ?? folder.keyPlaceToBe else {
            return [
                Finding(
                    "cache", .warn, "There is no place for its key, so nothing is kept.",
                    fix: "Log in so that XDG_RUNTIME_DIR is set, or allow the kernel's keyring.")
            ]
        }
        switch place {
        case .kernel:
            return [Finding("cache", .ok, "\(state), sealed, key in the kernel's keyring")]
        case .memoryFolder(let path), .folder(let path):
            return [Finding("cache", .ok, "\(state), sealed, key in \(path)")]
        }
    }

    /// Less than this, and the copy may fail in the middle of something.
    private static let bytesFreeMin: UInt64 = 50 << 20

    private var disk: Finding {
        var path = environment.stateFolder
        var facts = statvfs()
        while statvfs(path, &facts) != 0 {
            guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex
            else {
                return Finding(
                    "disk", .warn, "\(path) cannot be looked at: \(systemSentence()).",
                    fix: "Correct its owner and mode.")
            }
            path = String(path[..<slash])
        }
        let free = UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
        guard free >= Self.bytesFreeMin else {
            return Finding(
                "disk", .warn, "\(free >> 20) MB are free at \(path).", fix: "Make room there.")
        }
        return Finding("disk", .ok, "\(free >> 20) MB free at \(path)")
    }
}

/// Reads `Jan  1 00:00:00 2027 GMT` and `2027-01-01 00:00:00 GMT`, as TLS libraries write dates.
enum CertificateDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Milliseconds since 1970; nil for anything else.
    static func milliseconds(_ text: String) -> Int64? {
        let words = text.split(separator: " ").map(String.init)
        if words.count >= 4, let month = months.firstIndex(of: words[0]) {
            return time(words[3], String(month + 1), words[1], words[2])
        }
        guard words.count >= 2 else { return nil }
        let date = words[0].split(separator: "-").map(String.init)
        return date.count == 3 ? time(date[0], date[1], date[2], words[1]) : nil
    }

    private static func time(
        _ year: String, _ month: String, _ day: String, _ clock: String
    ) -> Int64? {
        func padded(_ text: String) -> String { text.utf8.count == 1 ? "0" + text : text }
        return Timestamp(rfc3339: "\(year)-\(padded(month))-\(padded(day))T\(clock)Z")?.milliseconds
    }
}
