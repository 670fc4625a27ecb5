import Glibc

/// Why a file that holds a secret cannot be used.
public enum SecretFileFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such file.
    case absent
    /// The name is a symbolic link, which could lead to anybody's file.
    case symbolicLink
    /// It is a folder, a pipe or a device.
    case notPlain
    /// It belongs to another user.
    case foreignOwner
    /// Others may read or write it.
    case tooOpen(mode: UInt16)
    /// Its folder belongs to another user.
    case foreignFolder
    /// Others may write its folder.
    case openFolder
    /// It has more bytes than a secret has.
    case tooLarge(bytesMax: Int)
    /// A call of the system failed.
    case system(SystemFailure)

    /// A sentence fragment that says what to do where there is something to do.
    public var sentence: String {
        switch self {
        case .absent: "there is no such file"
        case .symbolicLink: "the file is a symbolic link; give the name it leads to"
        case .notPlain: "it is not a plain file"
        case .foreignOwner: "the file belongs to another user"
        case .tooOpen(let mode):
            "others have access to the file (mode \(String(mode, radix: 8))); make it 600"
        case .foreignFolder: "the folder of the file belongs to another user"
        case .openFolder: "others may write the folder of the file; make it 700"
        case .tooLarge(let most): "the file is longer than \(most) bytes"
        case .system(let failure): failure.description
        }
    }

    /// The sentence.
    public var description: String {
        sentence
    }
}

/// A call of the system that failed.
public struct SystemFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the call.
    public let call: String
    /// What the system said, as a number.
    public let number: Int32

    /// Takes the number from `errno`, directly after the call.
    init(_ call: String) {
        number = errno
        self.call = call
    }

    /// The call and the system's own words.
    public var description: String {
        unsafe "\(call) failed: \(String(cString: strerror(number)))"
    }
}
