import CLinux
import Cryptography
import Glibc
import JSONTree
import SystemClock
import Testing
import TextGrid
@testable import countersign

/// Goal: what could let a call run past a person, or a secret past its owner, is named.
@Suite struct DoctorTests {
    struct Hook: Sendable, CustomTestStringConvertible {
        let event: String
        let command: String
        let timeout: Int?
        let verdicts: [Finding.Verdict]

        init(_ event: String, _ command: String, _ timeout: Int?, _ verdicts: [Finding.Verdict]) {
            self.event = event
            self.command = command
            self.timeout = timeout
            self.verdicts = verdicts
        }

        var testDescription: String { "\(event): \(command)" }
    }

    @Test(arguments: [
        Hook("PreToolUse", "/bin/sh countersign gate --hook claude-code", 86_400, [.ok]),
        Hook("PreToolUse", "/bin/sh countersign gate --hook claude-code", nil, [.warn]),
        Hook("PreToolUse", "/bin/sh countersign gate --hook claude-code", 30, [.warn]),
        Hook("PreToolUse", "/bin/sh countersign gate --hook claude-code || true", 86_400, [.warn]),
        Hook("PreToolUse", "/bin/sh countersign gate -- true", 86_400, [.fail]),
        Hook("PostToolUse", "/bin/sh countersign gate --hook claude-code", 86_400, [.fail]),
        Hook("PreToolUse", "/nowhere/countersign gate --hook claude-code", 86_400, [.fail]),
        Hook("PreToolUse", "prettier --write", nil, []),
    ])
    func aHookThatLetsCallsRunIsNamed(_ hook: Hook) throws {
        let timeout = hook.timeout.map { ", \"timeout\": \($0)" } ?? ""
        let settings = try JSONValue(
            parsing: """
                {"hooks": {"\(hook.event)": [{"matcher": "*", "hooks": [
                  {"type": "command", "command": "\(hook.command)", "onFailure": "block"
                   \(timeout)}]}]}}
                """)
        let found = Examination(environment: SystemEnvironment()).findings(in: settings, "a file")
        #expect(found.map(\.verdict) == hook.verdicts)
        #expect(found.allSatisfy { $0.verdict == .ok || !$0.fix.isEmpty }, "nothing to do is said")
    }

    @Test(
        arguments: [
            (#""url": "https://c.example/v1/hooks/claude-code", "onFailure": "block""#, [.ok]),
            (#""url": "https://c.example/v1/hooks/claude-code?wait_s=9""#, [.fail]),
            (#""url": "http://c.example/v1/hooks/claude-code", "onFailure": "block""#, [.warn]),
            (#""url": "http://127.0.0.1:1/v1/hooks/claude-code", "onFailure": "open""#, [.fail]),
            (#""command": "/bin/sh countersign gate --hook claude-code""#, [.fail]),
            (#""url": "https://c.example/other""#, []),
        ] as [(String, [Finding.Verdict])])
    func aHookThatRunsTheOriginalOnFailureIsNamed(
        _ members: String, _ verdicts: [Finding.Verdict]
    ) throws {
        let settings = try JSONValue(
            parsing: """
                {"hooks": {"PreToolUse": [{"matcher": "*", "hooks": [
                  {"timeout": 86400, \(members)}]}]}}
                """)
        let found = Examination(environment: SystemEnvironment()).findings(in: settings, "a file")
        #expect(found.map(\.verdict) == verdicts)
    }

    @Test(
        arguments: [
            ("Jan  1 00:00:00 2027 GMT", 1_798_761_600_000),
            ("2027-01-01 00:00:00 GMT", 1_798_761_600_000),
            ("soon", nil),
            ("", nil),
        ] as [(String, Int64?)])
    func datesOfCertificatesAreRead(_ text: String, _ milliseconds: Int64?) {
        #expect(CertificateDate.milliseconds(text) == milliseconds)
    }

    @Test func aFindingIsOneLineWhateverItSays() {
        let line = Finding("server", .fail, "no \n\u{1B}[2J answer", fix: "Try.").line
        #expect(!line.text.unicodeScalars.contains { $0.value < 0x20 })
        #expect(line.text.hasPrefix("fail  server"))
    }

    @Test func aPassphraseIsRecognisedAndNothingElse() throws {
        let salt = [UInt8](repeating: 7, count: PassphraseHash.saltBytesCount)
        let hash = try #require(PassphraseHash(of: "correct horse", salt: salt))
        #expect(hash.matches("correct horse") && !hash.matches("correct hors"))
        #expect(!hash.matches(""))
        #expect(!hash.text.contains("correct"))
        #expect(PassphraseHash(text: hash.text) == hash)
        #expect(PassphraseHash(text: "scrypt-14-8-5$AA$AA") == nil)
        #expect(PassphraseHash(text: "") == nil)
    }

    @Test func noCoreFileAndNoOtherReader() {
        #expect(SystemProcess.forbidCoreDumps())
        var limit = rlimit()
        #expect(getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0)
        #expect(limit.rlim_cur == 0 && limit.rlim_max == 0)
        #expect(cs_is_dumpable() == 0)
    }
}
