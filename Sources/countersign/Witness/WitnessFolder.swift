import Audit
import CLinux
import Cryptography
import Glibc
import SettingsFile
import SystemClock

/// The folder of a witness: its key and what it cosigned last, for one process at a time.
final class WitnessFolder {
    private let path: String
    private let descriptor: Int32

    /// Opens the folder, and makes it when it is not there.
    init(_ path: String) throws(Complaint) {
        self.path = path
        _ = mkdir(path, 0o700)
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Complaint(
                "\(path) cannot be opened: \(systemSentence()).", next: "Check the path.",
                .badInput)
        }
        guard cs_lock_exclusively(descriptor) == 0 else {
            close(descriptor)
            throw Complaint(
                "Another witness runs in \(path).", next: "Stop it, or name another folder.",
                .badInput)
        }
    }

    deinit { close(descriptor) }

    /// The witness that lives here; a new one when the folder has neither key nor state.
    func witness(named name: String, logs: [NoteKey]) throws(Complaint) -> Witness {
        let state = try kept("witness-state")
        let seed = try kept("witness-key")
        let known = try state.map { bytes throws(Complaint) in
            guard let known = Witness.cosigned(parsing: bytes) else {
                throw Self.damaged("\(path)/witness-state")
            }
            return known
        }
        if seed != nil, known == nil {
            throw Complaint(
                "\(path) has a key and no state: what this witness signed is not known any more.",
                next: "Make a new witness in another folder, and tell those who trust this one.",
                .badSettings)
        }
        if seed == nil, known?.isEmpty == false { throw Self.damaged("\(path)/witness-key") }
        let bytes = if let seed { seed } else { try makeKey() }
        guard
            let key = Hexadecimal.decode(Self.line(bytes)).flatMap({ Ed25519SigningKey(seed: $0) })
        else { throw Self.damaged("\(path)/witness-key") }
        guard
            let witness = Witness(name: name, signingKey: key, logs: logs, cosigned: known ?? [])
        else {
            throw Complaint(
                "\"\(name)\" cannot be the name of a witness.",
                next: "Take one without spaces and +, for example example.com/w1.", .badInput)
        }
        return witness
    }

    /// Keeps what was cosigned; after this it is on the disk.
    func keep(_ witness: Witness) throws(Complaint) {
        try write("witness-state", witness.state)
    }

    /// The state comes first: a key without one is never taken for that of a new witness.
    private func makeKey() throws(Complaint) -> [UInt8] {
        try write("witness-state", Witness.emptyState)
        let key = Array((Hexadecimal.encode(SystemEntropy().bytes(32)) + "\n").utf8)
        try write("witness-key", key)
        return key
    }

    private func kept(_ name: String) throws(Complaint) -> [UInt8]? {
        do {
            return try SecretFile.read("\(path)/\(name)")
        } catch .absent {
            return nil
        } catch {
            throw Complaint(
                "\(path)/\(name) cannot be used: \(error.sentence).", next: "", .badSettings)
        }
    }

    private func write(_ name: String, _ bytes: [UInt8]) throws(Complaint) {
        do {
            try SecretFile.write("\(path)/\(name)", bytes)
        } catch {
            throw Complaint(
                "\(path)/\(name) cannot be written: \(error.sentence).", next: "Try again.",
                .failed)
        }
    }

    private static func line(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }

    private static func damaged(_ file: String) -> Complaint {
        Complaint(
            "\(file) is damaged or gone.",
            next: "Bring it back, or make a new witness in another folder.", .badSettings)
    }
}
