import SQLiteDatabase

/// The tables, as steps that are only ever added to.
enum StoreSchema {
    /// Tables that no statement of this program may change or delete from.
    static let appendOnlyTables: Set<String> = [
        "event", "erased_document", "policy_version", "log_node", "checkpoint", "log_key",
    ]

    /// Tables that no statement of this program may change; deleting is up to their triggers.
    static let erasableTables: Set<String> = ["disclosure"]

    static let migrations = [
        SQLiteMigration(version: 1, purpose: "people", sql: people),
        SQLiteMigration(version: 2, purpose: "approvals", sql: approvals),
        SQLiteMigration(version: 3, purpose: "the audit log", sql: audit),
        SQLiteMigration(version: 4, purpose: "when a member was shown values", sql: reveals),
        SQLiteMigration(version: 5, purpose: "second factors of members", sql: secondFactors),
        SQLiteMigration(version: 6, purpose: "answers of refused decisions", sql: refusals),
        SQLiteMigration(version: 7, purpose: "policies", sql: policies),
        SQLiteMigration(version: 8, purpose: "standing grants", sql: grants),
        SQLiteMigration(version: 9, purpose: "what shadows said", sql: shadows),
        SQLiteMigration(version: 10, purpose: "signed checkpoints", sql: checkpoints),
        SQLiteMigration(version: 11, purpose: "what happened before", sql: facts),
        SQLiteMigration(version: 12, purpose: "canaries", sql: canaries),
        SQLiteMigration(version: 13, purpose: "delegations", sql: delegations),
        SQLiteMigration(version: 14, purpose: "calls that are asked for again", sql: asks),
        SQLiteMigration(version: 15, purpose: "escalation plans", sql: escalation),
        SQLiteMigration(version: 16, purpose: "schedules and overrides", sql: schedules),
        SQLiteMigration(version: 17, purpose: "quiet hours", sql: reach),
        SQLiteMigration(version: 18, purpose: "swaps of shifts", sql: swaps),
        SQLiteMigration(version: 19, purpose: "erasures", sql: erasures),
        SQLiteMigration(version: 20, purpose: "break-glass", sql: breakGlass),
    ]

    private static let people = """
        CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE tenant (name TEXT PRIMARY KEY, settings TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE member_group (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            name TEXT NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (tenant, name)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE member (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            id TEXT NOT NULL,
            email TEXT NOT NULL,
            roles TEXT NOT NULL,
            groups TEXT NOT NULL,
            operator INTEGER NOT NULL,
            created INTEGER NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX member_email ON member (tenant, email) WHERE removed = 0;
        CREATE TABLE agent (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            owner TEXT,
            created INTEGER NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX agent_name ON agent (tenant, name) WHERE removed = 0;
        CREATE TABLE token (
            id TEXT PRIMARY KEY,
            tenant TEXT NOT NULL REFERENCES tenant (name),
            member TEXT,
            agent TEXT,
            secret BLOB NOT NULL UNIQUE CHECK (length(secret) = 32),
            label TEXT,
            created INTEGER NOT NULL,
            expires INTEGER,
            CHECK ((member IS NULL) <> (agent IS NULL)),
            FOREIGN KEY (tenant, member) REFERENCES member (tenant, id),
            FOREIGN KEY (tenant, agent) REFERENCES agent (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX token_tenant ON token (tenant, id);
        """

    /// Instants in milliseconds, separated by spaces: without them nobody's reveals are counted.
    private static let reveals = "ALTER TABLE member ADD COLUMN revealed TEXT NOT NULL DEFAULT ''"

    private static let secondFactors = """
        CREATE TABLE second_factor (
            tenant TEXT NOT NULL,
            member TEXT NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (tenant, member),
            FOREIGN KEY (tenant, member) REFERENCES member (tenant, id)
        ) STRICT, WITHOUT ROWID;
        """

    /// What was refused and why is sealed with the digest of what was decided.
    private static let refusals = """
        CREATE TABLE refused_decision (
            tenant TEXT NOT NULL,
            member TEXT NOT NULL,
            approval TEXT NOT NULL,
            key TEXT NOT NULL,
            at INTEGER NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (tenant, member, approval, key),
            FOREIGN KEY (tenant, member) REFERENCES member (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX refused_decision_age ON refused_decision (tenant, member, at);
        """

    /// A version is only ever added: what decided a call can always be read again.
    private static let policies = """
        CREATE TABLE policy_version (
            tenant TEXT NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL CHECK (version > 0),
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            document TEXT NOT NULL,
            publisher TEXT NOT NULL,
            published INTEGER NOT NULL,
            PRIMARY KEY (tenant, id, version)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER policy_follows BEFORE INSERT ON policy_version
        BEGIN
            SELECT RAISE(ABORT, 'the versions of a policy have no gaps')
            WHERE NEW.version <> (
                SELECT coalesce(max(version) + 1, 1) FROM policy_version
                WHERE tenant = NEW.tenant AND id = NEW.id);
        END;
        CREATE TRIGGER policy_stays BEFORE UPDATE ON policy_version
        BEGIN SELECT RAISE(ABORT, 'a published policy is never changed'); END;
        CREATE TRIGGER policy_remains BEFORE DELETE ON policy_version
        BEGIN SELECT RAISE(ABORT, 'a published policy is never deleted'); END;
        CREATE TABLE policy_mode (
            tenant TEXT NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            status TEXT NOT NULL,
            proposed TEXT,
            proposer TEXT,
            proposed_at INTEGER,
            PRIMARY KEY (tenant, id, version),
            FOREIGN KEY (tenant, id, version) REFERENCES policy_version (tenant, id, version)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX policy_active ON policy_mode (tenant, id, version)
        WHERE status IN ('shadow', 'canary', 'enforced');
        """

    /// What shadows said to calls, as it is counted; the rule and all values stay sealed with the
    /// approval. Effects are 0 to 2, laxest first.
    private static let shadows = """
        CREATE TABLE shadow_verdict (
            tenant TEXT NOT NULL,
            policy TEXT NOT NULL,
            version INTEGER NOT NULL,
            approval TEXT NOT NULL,
            live INTEGER NOT NULL CHECK (live BETWEEN 0 AND 2),
            said INTEGER CHECK (said BETWEEN 0 AND 2),
            leaning TEXT NOT NULL,
            answered INTEGER NOT NULL CHECK (answered IN (0, 1)),
            person INTEGER NOT NULL,
            waited INTEGER NOT NULL,
            reviewer TEXT,
            reviewed INTEGER,
            PRIMARY KEY (tenant, policy, version, approval),
            FOREIGN KEY (tenant, policy, version)
                REFERENCES policy_version (tenant, id, version)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX shadow_case ON shadow_verdict (
            tenant, policy, version, leaning = 'stricter' AND answered, reviewer IS NOT NULL,
            approval DESC)
        WHERE leaning <> 'same' OR answered = 0;
        """

    /// Everything of an approval is in `sealed`; the columns beside it are what is searched for.
    private static let approvals = """
        CREATE TABLE approval (
            row INTEGER PRIMARY KEY,
            tenant TEXT NOT NULL REFERENCES tenant (name),
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
            position INTEGER NOT NULL,
            due INTEGER,
            sealed BLOB NOT NULL,
            UNIQUE (tenant, id),
            UNIQUE (tenant, position)
        ) STRICT;
        CREATE INDEX approval_pending ON approval (tenant, position) WHERE pending = 1;
        CREATE INDEX approval_settled ON approval (tenant, id) WHERE pending = 0;
        CREATE INDEX approval_due ON approval (due, id) WHERE due IS NOT NULL;
        CREATE TRIGGER approval_stays BEFORE DELETE ON approval
        BEGIN SELECT RAISE(ABORT, 'an approval is never deleted'); END;
        CREATE TRIGGER approval_settles_once BEFORE UPDATE ON approval
        WHEN OLD.pending = 0 AND NEW.pending = 1
        BEGIN SELECT RAISE(ABORT, 'a settled approval stays settled'); END;
        -- The digest in `payload` is sealed: it would let a short secret in the body be guessed.
        CREATE TABLE submission (
            tenant TEXT NOT NULL,
            agent TEXT NOT NULL,
            key TEXT NOT NULL,
            payload BLOB NOT NULL,
            approval TEXT NOT NULL,
            PRIMARY KEY (tenant, agent, key),
            FOREIGN KEY (tenant, agent) REFERENCES agent (tenant, id)
        ) STRICT, WITHOUT ROWID;
        """

    /// The triggers hold against any statement that this program could be made to run; whoever can
    /// write the file is held by the chain itself.
    private static let audit = """
        CREATE TABLE event (
            tenant TEXT NOT NULL,
            sequence INTEGER NOT NULL CHECK (sequence >= 0),
            id TEXT NOT NULL,
            at INTEGER NOT NULL,
            type TEXT NOT NULL,
            approval TEXT,
            line BLOB NOT NULL,
            leaf BLOB NOT NULL CHECK (length(leaf) = 32),
            PRIMARY KEY (tenant, sequence),
            UNIQUE (tenant, id)
        ) STRICT;
        CREATE INDEX event_approval ON event (tenant, approval, sequence)
        WHERE approval IS NOT NULL;
        CREATE TRIGGER event_follows BEFORE INSERT ON event
        BEGIN
            SELECT RAISE(ABORT, 'the sequence has no gaps and no forks')
            WHERE NEW.sequence <>
                (SELECT coalesce(max(sequence) + 1, 0) FROM event WHERE tenant = NEW.tenant);
            SELECT RAISE(ABORT, 'an event names the one before it')
            FROM event WHERE tenant = NEW.tenant AND sequence = NEW.sequence - 1
            AND instr(NEW.line, CAST('"prev":"' || lower(hex(leaf)) || '"' AS BLOB)) = 0;
        END;
        CREATE TRIGGER event_stays BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
        CREATE TRIGGER event_remains BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
        CREATE TABLE disclosure (
            tenant TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            document TEXT NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (tenant, sequence, document),
            FOREIGN KEY (tenant, sequence) REFERENCES event (tenant, sequence)
        ) STRICT;
        CREATE TRIGGER disclosure_stays BEFORE UPDATE ON disclosure
        BEGIN SELECT RAISE(ABORT, 'a disclosure is never changed'); END;
        CREATE TRIGGER disclosure_remains BEFORE DELETE ON disclosure
        BEGIN SELECT RAISE(ABORT, 'a disclosure is never deleted'); END;
        """
}
