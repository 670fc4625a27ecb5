import NIOCore
import NIOHTTPTypes

/// Sees clients go away while they wait, and ends requests whose body trickles.
///
/// A timer is set only when a request did not arrive in one piece, so that the usual request costs
/// none.
final class ConnectionWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    let presence = Presence()
    private let bodyTime: TimeAmount
    private var requestEnds: NIODeadline?
    private var timer: Scheduled<Void>?

    init(bodySecondsMax: Int) { bodyTime = .seconds(Int64(bodySecondsMax)) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: requestEnds = .now() + bodyTime
        case .body: break
        case .end: requestEnds = nil
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if requestEnds != nil, timer == nil { arm(context) }
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { presence.end() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        presence.end()
        timer?.cancel()
        context.fireChannelInactive()
    }

    private func arm(_ context: ChannelHandlerContext) {
        guard let ends = requestEnds else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: ends) {
            self.timer = nil
            guard let ends = self.requestEnds else { return }
            if ends <= .now() { context.close(promise: nil) } else { self.arm(context) }
        }
    }
}
