import ArgumentParser
import HTTPServer
import SQLiteDatabase
import SQLiteStore
import ServerShell

/// Exit statuses, after sysexits.h.
enum ExitStatus: Int32 {
    /// Held by another process, or the address is taken.
    case unavailable = 69
    /// The disk failed.
    case inputOutput = 74
    /// Something is not what it must be.
    case configuration = 78
}

extension ServerFailure {
    /// Says why on standard error, and gives the exit status.
    var exit: ExitCode {
        StandardOutput.complain("countersignd: \(sentence)")
        return ExitCode(status.rawValue)
    }

    private var sentence: String {
        switch self {
        case .store(let refusal): "\(refusal)"
        case .notEmpty(let path):
            "\(path) holds a store already; its admins can make more tokens."
        case .notInitialised(let reason): "The first tenant could not be made: \(reason)."
        case .notRotated(let reason): "The key of the audit logs is as it was: \(reason)."
        case .http(let failure): failure.sentence
        case .stopped(let reason):
            "The store stopped (\(reason)); nothing acknowledged is lost, start again."
        }
    }

    private var status: ExitStatus {
        switch self {
        case .store(let refusal): refusal.status
        case .notEmpty: .configuration
        case .notInitialised, .notRotated, .stopped: .inputOutput
        case .http(let failure): failure.status
        }
    }
}

extension StoreRefusal {
    fileprivate var status: ExitStatus {
        switch self {
        case .opening(.held): .unavailable
        case .opening, .key: .configuration
        case .database: .inputOutput
        case .system: .unavailable
        }
    }
}

extension HTTPServerFailure {
    /// Says why on standard error, and gives the exit status.
    var exit: ExitCode {
        StandardOutput.complain("countersignd: \(sentence)")
        return ExitCode(status.rawValue)
    }

    fileprivate var sentence: String {
        switch self {
        case .cannotListen(let reason): "The address cannot be listened on: \(reason)."
        case .certificateUnusable(let reason): "The certificate or key is unusable: \(reason)."
        case .withoutTLS: "This program was built without TLS; put a proxy with TLS before it."
        }
    }

    fileprivate var status: ExitStatus {
        switch self {
        case .cannotListen: .unavailable
        case .certificateUnusable, .withoutTLS: .configuration
        }
    }
}
