import SQLiteDatabase

extension InboxCache {
    /// The steps to the newest schema.
    ///
    /// The columns of `approval` are those of a row on the screen, so that the first frame parses
    /// nothing. `tally` is kept by triggers, so that counting costs the same at any size.
    static let migrations = [
        SQLiteMigration(
            version: 1, purpose: "rows, views, drafts and the place in the feed",
            sql: """
                CREATE TABLE approval (
                    id TEXT PRIMARY KEY, settled INTEGER NOT NULL, deadline INTEGER NOT NULL,
                    revision INTEGER NOT NULL, state TEXT NOT NULL, released INTEGER NOT NULL,
                    execution TEXT NOT NULL, tool TEXT NOT NULL, summary TEXT, agent TEXT NOT NULL,
                    risk TEXT NOT NULL, team TEXT NOT NULL, created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL, posture TEXT NOT NULL, settled_at INTEGER,
                    decided_by TEXT, reviewing TEXT, needs_review INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX queue ON approval (settled, deadline, id);
                CREATE TABLE view (
                    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL
                ) STRICT;
                CREATE TABLE draft (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE fact (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE feed (
                    only INTEGER PRIMARY KEY CHECK (only = 1), cursor TEXT NOT NULL,
                    server_time INTEGER NOT NULL, answered_at INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE tally (
                    only INTEGER PRIMARY KEY CHECK (only = 1), total INTEGER NOT NULL,
                    pending INTEGER NOT NULL, urgent INTEGER NOT NULL
                ) STRICT;
                INSERT INTO tally VALUES (1, 0, 0, 0);
                CREATE TRIGGER approval_added AFTER INSERT ON approval BEGIN
                    UPDATE tally SET total = total + 1, pending = pending + (NEW.settled = 0),
                        urgent = urgent + \(urgent("NEW"));
                END;
                CREATE TRIGGER approval_changed AFTER UPDATE OF settled, risk ON approval BEGIN
                    UPDATE tally
                    SET pending = pending + (NEW.settled = 0) - (OLD.settled = 0),
                        urgent = urgent + \(urgent("NEW")) - \(urgent("OLD"));
                END;
                CREATE TRIGGER approval_removed AFTER DELETE ON approval BEGIN
                    UPDATE tally SET total = total - 1, pending = pending - (OLD.settled = 0),
                        urgent = urgent - \(urgent("OLD"));
                END;
                """)
    ]
    /// 1 for a pending row of high or critical risk.
    private static func urgent(_ row: String) -> String {
        "(\(row).settled = 0 AND \(row).risk IN ('high', 'critical'))"
    }
}
