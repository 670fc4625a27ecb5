import Gate
import CLinux
import Glibc
import SystemClock

/// The thread of the gates: everything here lives and dies on it.
@safe final class GateThread {
    private let mailbox: GateMailbox
    private let driver: GateDriver
    /// The driver's names of the gates, by ours and back.
    private var handles: [Int: Int] = [:]
    private var numbers: [Int: Int] = [:]
    private var isStopping = false

    private init(_ mailbox: GateMailbox) {
        self.mailbox = mailbox
        driver = GateDriver(mailbox.transport)
    }

    /// Starts the thread; false when the system has none to give.
    static func launch(_ mailbox: GateMailbox) -> Bool {
        let context = unsafe Unmanaged.passRetained(mailbox)
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                let mailbox = unsafe Unmanaged<GateMailbox>.fromOpaque(context).takeRetainedValue()
                cs_block_all_signals()
                GateThread(mailbox).run()
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
        while !isStopping || driver.runningCount > 0 {
            for event in driver.turn(watching: [mailbox.descriptor]) {
                switch event {
                case .readable: takeOrders()
                case .writable: break
                case .run(let handle, let claim): deliver(handle, .run(claim))
                case .finished(let handle, let verdict):
                    deliver(handle, .finished(verdict))
                    if let number = numbers.removeValue(forKey: handle) { handles[number] = nil }
                }
            }
        }
    }

    private func takeOrders() {
        for order in mailbox.takeOrders() {
            switch order {
            case .start(let number, let gate):
                let handle = driver.start(gate)
                handles[number] = handle
                numbers[handle] = number
            case .tell(let number, let message):
                guard let handle = handles[number] else { continue }
                driver.tell(handle, message)
            case .stop:
                isStopping = true
                let now = SystemClock().bootMilliseconds
                for handle in driver.running { driver.tell(handle, .interrupted(at: now)) }
            }
        }
    }

    private func deliver(_ handle: Int, _ step: GateMailbox.Step) {
        guard let number = numbers[handle] else { return }
        mailbox.deliver(number, step)
    }
}
