import SQLiteDatabase

extension InboxCache {
    /// The steps to the newest schema.
    static let migrations = [
        SQLiteMigration(version: 1, purpose: "a form that could be read", sql: readable),
        SQLiteMigration(version: 2, purpose: "sealed rows, views, drafts and facts", sql: sealed),
    ]

    /// The first form held everything as text; of a file that has it nothing is kept.
    private static let readable = """
        CREATE TABLE approval (id TEXT) STRICT;
        CREATE TABLE view (id TEXT) STRICT;
        CREATE TABLE draft (id TEXT) STRICT;
        CREATE TABLE fact (id TEXT) STRICT;
        CREATE TABLE feed (id TEXT) STRICT;
        CREATE TABLE tally (id TEXT) STRICT;
        """

    /// What stands unsealed are numbers: what puts rows in order, what counts them, what makes
    /// them old. `tally` is kept by triggers, so that counting costs the same at any size.
    private static let sealed = """
        DROP TABLE approval; DROP TABLE view; DROP TABLE draft; DROP TABLE fact; DROP TABLE feed;
        DROP TABLE tally;
        CREATE TABLE approval (
            settled INTEGER NOT NULL, deadline INTEGER NOT NULL, tag BLOB NOT NULL UNIQUE,
            revision INTEGER NOT NULL, urgent INTEGER NOT NULL, over_at INTEGER NOT NULL,
            body BLOB NOT NULL, PRIMARY KEY (settled, deadline, tag)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE view (
            place INTEGER PRIMARY KEY, tag BLOB NOT NULL UNIQUE, body BLOB NOT NULL
        ) STRICT;
        CREATE TABLE draft (
            tag BLOB PRIMARY KEY, over_at INTEGER NOT NULL, body BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fact (name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE tally (
            only INTEGER PRIMARY KEY CHECK (only = 1), total INTEGER NOT NULL,
            pending INTEGER NOT NULL, urgent INTEGER NOT NULL
        ) STRICT;
        INSERT INTO tally VALUES (1, 0, 0, 0);
        CREATE TRIGGER approval_added AFTER INSERT ON approval BEGIN
            UPDATE tally SET total = total + 1, pending = pending + (NEW.settled = 0),
                urgent = urgent + NEW.urgent;
        END;
        CREATE TRIGGER approval_changed AFTER UPDATE OF settled, urgent ON approval BEGIN
            UPDATE tally
            SET pending = pending + (NEW.settled = 0) - (OLD.settled = 0),
                urgent = urgent + NEW.urgent - OLD.urgent;
        END;
        CREATE TRIGGER approval_removed AFTER DELETE ON approval BEGIN
            UPDATE tally SET total = total - 1, pending = pending - (OLD.settled = 0),
                urgent = urgent - OLD.urgent;
        END;
        """
}
