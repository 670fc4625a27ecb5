import Foundation
import JSONTree
import Testing

/// The published test data, in the folder that `COUNTERSIGN_CONFORMANCE` names.
enum ConformanceData {
    static let folder = ProcessInfo.processInfo.environment["COUNTERSIGN_CONFORMANCE"]
    static let isPresent = folder != nil
    static let absent: Comment = "Set COUNTERSIGN_CONFORMANCE to the folder of conformance data."

    static func bytes(_ path: String) throws -> [UInt8] {
        let folder = try #require(folder)
        return try Array(Data(contentsOf: URL(filePath: folder).appending(path: path)))
    }

    static func names(in path: String) throws -> [String] {
        let folder = try #require(folder)
        return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)").sorted()
    }
}
