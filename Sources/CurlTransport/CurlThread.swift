import CCurl
import CLinux
import Glibc
import WireAPI

/// The network thread: everything here lives and dies on it.
@safe final class CurlThread {
    private let mailbox: TransportMailbox
    private let server: ServerAccess
    private var transfers: [TransferID: CurlTransfer] = [:]
    private var names: [UInt: TransferID] = [:]

    private init(_ mailbox: TransportMailbox, _ server: ServerAccess) {
        self.mailbox = mailbox
        self.server = server
    }

    /// Starts the thread; false when the system has none to give.
    static func launch(_ mailbox: TransportMailbox, _ server: ServerAccess) -> Bool {
        let context = unsafe Unmanaged.passRetained(CurlThread(mailbox, server))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                let owner = unsafe Unmanaged<CurlThread>.fromOpaque(context).takeRetainedValue()
                cs_block_all_signals()
                owner.run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func run() {
        if let problem = unsafe cs_curl_load() {
            return mailbox.abandon(.unavailable(unsafe String(cString: problem)))
        }
        guard let multi = unsafe cs_multi_init() else {
            return mailbox.abandon(.outOfMemory)
        }
        unsafe cs_multi_set_long(
            multi, CURLMOPT_MAX_HOST_CONNECTIONS, server.options.connectionsMax)
        unsafe mailbox.listen(multi)
        while unsafe carryOutOrders(multi) {
            guard unsafe advance(multi) else {
                mailbox.abandon(.unavailable("libcurl cannot go on"))
                break
            }
        }
        unsafe mailbox.listen(nil)
        for transfer in transfers.values { unsafe cs_multi_remove(multi, transfer.easy) }
        transfers.removeAll()
        unsafe cs_multi_cleanup(multi)
    }

    /// False when the thread shall end.
    private func carryOutOrders(_ multi: UnsafeMutableRawPointer) -> Bool {
        for order in mailbox.takeOrders() {
            switch order {
            case .start(let id, let request): unsafe begin(id, request, multi)
            case .cancel(let id): unsafe giveUp(id, multi)
            case .stop: return false
            }
        }
        return true
    }

    /// Moves bytes, hands over what is finished and sleeps until there is more to do.
    private func advance(_ multi: UnsafeMutableRawPointer) -> Bool {
        guard unsafe cs_multi_perform(multi) == CURLM_OK else { return false }
        var code = CURLE_OK
        while let easy = unsafe cs_multi_next_done(multi, &code) {
            unsafe finish(easy, code, multi)
        }
        return unsafe cs_multi_poll(multi, Int32.max) == CURLM_OK
    }

    private func begin(
        _ id: TransferID, _ request: HTTPRequest, _ multi: UnsafeMutableRawPointer
    ) {
        do throws(TransportFailure) {
            let transfer = try CurlTransfer(request, to: server)
            if request.isStreamed {
                let mailbox = mailbox
                transfer.onPiece = { status, headers, bytes in
                    mailbox.deliver(
                        TransferPiece(id: id, status: status, headers: headers, bytes: bytes))
                }
            }
            guard unsafe cs_multi_add(multi, transfer.easy) == CURLM_OK else {
                throw .outOfMemory
            }
            transfers[id] = transfer
            names[transfer.key] = id
        } catch {
            mailbox.deliver(id, .failure(error))
        }
    }

    private func finish(
        _ easy: UnsafeMutableRawPointer, _ code: CURLcode, _ multi: UnsafeMutableRawPointer
    ) {
        guard let id = names.removeValue(forKey: UInt(bitPattern: easy)),
            let transfer = transfers.removeValue(forKey: id)
        else { return }
        unsafe cs_multi_remove(multi, easy)
        mailbox.deliver(id, transfer.outcome(code))
    }

    private func giveUp(_ id: TransferID, _ multi: UnsafeMutableRawPointer) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        names.removeValue(forKey: transfer.key)
        unsafe cs_multi_remove(multi, transfer.easy)
        mailbox.deliver(id, .failure(.givenUp(wasSent: transfer.wasSent)))
    }
}
