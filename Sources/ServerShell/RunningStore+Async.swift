import ControlPlane

extension RunningStore {
    /// Has `body` carried out by the writer; returns when it is durable.
    func written<Value: Sendable>(
        _ body:
            @escaping @Sendable (
                any StoreWriter, inout Surroundings
            ) throws(CommandFailure) -> Value
    ) async -> Result<Value, CommandFailure> {
        await withCheckedContinuation { continuation in
            write(body) { continuation.resume(returning: $0) }
        }
    }
}
