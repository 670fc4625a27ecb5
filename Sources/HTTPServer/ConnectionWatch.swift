import NIOCore
import NIOHTTPTypes

/// Sees clients go away while they wait, ends requests that trickle in, and keeps one client from
/// taking every connection.
///
/// A timer is set only when a request did not arrive in one piece, so that the usual request costs
/// none.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    let presence = Presence()
    private let headTime: TimeAmount
    private let bodyTime: TimeAmount
    private let count: ConnectionCount
    private var client: ConnectionCount.Client?
    /// When the head that began to arrive must be whole.
    private var headEnds: NIODeadline?
    private var requestEnds: NIODeadline?
    /// Requests that arrived and were not answered whole.
    private var answering = 0
    /// True when the bytes that were read last ended or continued a request.
    private var sawPart = false
    private var timer: (at: NIODeadline, task: Scheduled<Void>)?

    init(_ settings: HTTPServerSettings, count: ConnectionCount) {
        headTime = .seconds(Int64(settings.headSecondsMax))
        bodyTime = .seconds(Int64(settings.bodySecondsMax))
        self.count = count
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { enter(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        enter(context)
        context.fireChannelActive()
    }

    private func enter(_ context: ChannelHandlerContext) {
        guard client == nil, let known = ConnectionCount.Client(context.remoteAddress) else {
            return
        }
        guard count.enter(known) else { return context.close(promise: nil) }
        client = known
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sawPart = true
        switch unwrapInboundIn(data) {
        case .head:
            headEnds = nil
            requestEnds = .now() + bodyTime
        case .body: break
        case .end:
            requestEnds = nil
            answering += 1
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        let isPartOfHead = !sawPart && requestEnds == nil && answering == 0
        if isPartOfHead, headEnds == nil { headEnds = .now() + headTime }
        sawPart = false
        arm(context)
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { answering = max(0, answering - 1) }
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { presence.end() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        presence.end()
        timer?.task.cancel()
        if let client { count.leave(client) }
        client = nil
        context.fireChannelInactive()
    }

    private func arm(_ context: ChannelHandlerContext) {
        guard let ends = [headEnds, requestEnds].compactMap(\.self).min() else { return }
        if let timer {
            guard ends < timer.at else { return }
            timer.task.cancel()
        }
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: ends) {
            self.timer = nil
            guard let ends = [self.headEnds, self.requestEnds].compactMap(\.self).min() else {
                return
            }
            if ends <= .now() { context.close(promise: nil) } else { self.arm(context) }
        }
        timer = (ends, task)
    }
}
