/// What kind of file system holds a store, told from the magic number of statfs(2).
public enum FileSystemKind: Hashable, Sendable {
    /// Locks and syncs are the kernel's own.
    case local

    /// Another machine, or a program, answers for the files: named for the refusal.
    case network(String)

    /// Sorts a magic number; one that is not known to be remote is local.
    public init(magic: Int64) {
        self = Self.remote[magic].map { .network($0) } ?? .local
    }

    /// FUSE is among them: sshfs, s3fs and their like cannot be told from harmless ones.
    private static let remote: [Int64: String] = [
        0x6969: "NFS",
        0x517B: "SMB",
        0xFF53_4D42: "CIFS",
        0xFE53_4D42: "SMB2",
        0x6573_5546: "FUSE",
        0x0102_1997: "9P",
        0x00C3_6400: "Ceph",
        0x5346_414F: "AFS",
        0x6B41_4653: "kAFS",
        0x7375_7245: "Coda",
        0x564C: "NCP",
        0x0BD0_0BD0: "Lustre",
        0x0116_1970: "GFS2",
        0x7461_636F: "OCFS2",
        0x1983_0326: "BeeGFS",
        0x4750_4653: "GPFS",
        0x786F_4256: "VirtualBox shared folder",
        0xBACB_ACBC: "VMware shared folder",
        0x2030_5450: "PanFS",
    ]
}
