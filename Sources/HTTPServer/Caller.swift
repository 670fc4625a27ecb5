import NIOCore
import Synchronization

/// The client at the other end of a request that is being answered.
public struct Caller: Sendable {
    private let channel: any Channel

    init(_ channel: any Channel) { self.channel = channel }

    /// Has `action` called once when the client goes away; at once when it went already.
    ///
    /// One request has one action; the next one replaces it, and `stay` takes it back.
    public func whenGone(_ action: @escaping @Sendable () -> Void) async {
        guard let presence = await presence() else { return action() }
        presence.watch(action)
    }

    /// True when the client went away.
    public var isGone: Bool {
        get async { await presence()?.isGone ?? true }
    }

    /// Takes the action back.
    public func stay() async { await presence()?.watch(nil) }

    private func presence() async -> Presence? {
        let channel = channel
        do {
            return try await channel.eventLoop.submit {
                try channel.pipeline.syncOperations.handler(type: ConnectionWatch.self).presence
            }.get()
        } catch {
            return nil
        }
    }
}

/// Whether the client of a connection is there, and who wants to know when it goes.
final class Presence: Sendable {
    private struct State {
        var isGone = false
        var action: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    func watch(_ action: (@Sendable () -> Void)?) {
        let isGone = state.withLock { state in
            if !state.isGone { state.action = action }
            return state.isGone
        }
        if isGone { action?() }
    }

    var isGone: Bool { state.withLock(\.isGone) }

    func end() {
        let action = state.withLock { state in
            state.isGone = true
            defer { state.action = nil }
            return state.action
        }
        action?()
    }
}
