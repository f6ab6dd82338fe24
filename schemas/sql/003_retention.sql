-- How long things are kept, what may not go, and the record of what went.

-- An order that the data of a person, or of everybody a case was ever about, stays. Rows stay.
CREATE TABLE legal_hold (
  hold           INTEGER PRIMARY KEY AUTOINCREMENT,
  person         INTEGER REFERENCES identity (person),
  case_no        INTEGER REFERENCES register (case_no),
  reason         TEXT    NOT NULL,
  placed_by      TEXT    NOT NULL,
  placed_at      INTEGER NOT NULL,
  released_at    INTEGER,
  released_by    TEXT    NOT NULL DEFAULT '',
  release_reason TEXT    NOT NULL DEFAULT '',
  CHECK ((person IS NULL) <> (case_no IS NULL))
) STRICT;
CREATE INDEX legal_hold_person ON legal_hold (person) WHERE released_at IS NULL;
CREATE INDEX legal_hold_case ON legal_hold (case_no) WHERE released_at IS NULL;

-- When the identity of a person was emptied; the row itself stays, as other tables name it.
ALTER TABLE identity ADD COLUMN erased_at INTEGER;

CREATE INDEX case_history_person ON case_history (person, received_at);
CREATE INDEX trigger_decision ON trigger_raised (decision);

CREATE VIEW held_person AS
SELECT person FROM legal_hold WHERE released_at IS NULL AND person IS NOT NULL
UNION
SELECT c.person FROM legal_hold h JOIN case_history c ON c.case_no = h.case_no
WHERE h.released_at IS NULL;

-- What decides over a person's data as a whole. `busy`: an open case, or a trigger still to deliver.
CREATE VIEW retention_person AS
SELECT i.person,
       EXISTS (SELECT 1 FROM held_person p WHERE p.person = i.person) AS held,
       EXISTS (SELECT 1 FROM register r LEFT JOIN lane l ON l.case_no = r.case_no
               WHERE r.person = i.person AND (r.open = 1 OR l.head IS NOT NULL)) AS busy,
       (SELECT max(c.received_at) FROM case_history c WHERE c.person = i.person) AS last_change
FROM identity i;

-- One row a run; the cutoffs are instants, NULL where everything stays.
CREATE TABLE retention_run (
  run              INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at       INTEGER NOT NULL,
  raw_before       INTEGER,
  facts_before     INTEGER,
  decisions_before INTEGER,
  audit_before     INTEGER,
  ended_at         INTEGER
) STRICT;
CREATE INDEX retention_run_open ON retention_run (run) WHERE ended_at IS NULL;

-- What a run found to remove when it began, and what it has removed so far, by class.
CREATE TABLE retention_count (
  run           INTEGER NOT NULL REFERENCES retention_run (run),
  class         INTEGER NOT NULL CHECK (class BETWEEN 0 AND 5),
  planned_rows  INTEGER NOT NULL,
  planned_bytes INTEGER NOT NULL,
  removed_rows  INTEGER NOT NULL DEFAULT 0,
  removed_bytes INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, class)
) STRICT, WITHOUT ROWID;

-- Where the audit chain begins once its oldest entries were removed: the number and hash of the
-- last entry that went, sealed under the key. No row: it begins with entry 1.
CREATE TABLE audit_start (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  entries INTEGER NOT NULL CHECK (entries > 0),
  hash    BLOB    NOT NULL CHECK (length(hash) = 32),
  seal    BLOB    NOT NULL CHECK (length(seal) = 16)
) STRICT;
