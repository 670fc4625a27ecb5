import ControlPlane

extension CommandFailure {
    /// Why, for the log: never what an approval holds.
    var reason: String {
        switch self {
        case .refused: "refused"
        case .store(let failure): failure.reason
        }
    }
}

/// Reads the store inside of a body whose failures are those of commands.
func stored<Value>(_ body: () throws(StoreFailure) -> Value) throws(CommandFailure) -> Value {
    do throws(StoreFailure) {
        return try body()
    } catch {
        throw .store(error)
    }
}

extension StoreFailure {
    /// Why, for the log.
    var reason: String {
        switch self {
        case .busy(let sentence): "busy: \(sentence)"
        case .stopped(let sentence): "stopped: \(sentence)"
        case .damaged(let sentence): "damaged: \(sentence)"
        }
    }
}
