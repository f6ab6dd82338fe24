-- The first shape of the store. README.md of this folder explains each table.
-- Days are whole days since 1970-01-01, instants milliseconds since then (UTC), money pence.

CREATE TABLE store (
  one           INTEGER PRIMARY KEY CHECK (one = 1),
  key_check     BLOB    NOT NULL CHECK (length(key_check) = 16),
  accepted      INTEGER NOT NULL DEFAULT 0,
  audit_entries INTEGER NOT NULL DEFAULT 0,
  audit_hash    BLOB    NOT NULL CHECK (length(audit_hash) = 32),
  audit_seal    BLOB    NOT NULL CHECK (length(audit_seal) = 16)
) STRICT;

-- The one table that says who somebody is.
CREATE TABLE identity (
  person          INTEGER PRIMARY KEY AUTOINCREMENT,
  nino_key        BLOB    NOT NULL UNIQUE CHECK (length(nino_key) = 16),
  nino            TEXT    NOT NULL,
  forename        TEXT    NOT NULL,
  second_forename TEXT    NOT NULL,
  surname         TEXT    NOT NULL,
  date_of_birth   INTEGER,
  gender          TEXT    NOT NULL
) STRICT;

-- Each case, and where its newest history row is.
CREATE TABLE register (
  case_no       INTEGER PRIMARY KEY AUTOINCREMENT,
  case_system   TEXT    NOT NULL,
  case_id       TEXT    NOT NULL,
  paying_parent TEXT    NOT NULL,
  person        INTEGER NOT NULL REFERENCES identity (person),
  history       INTEGER NOT NULL,
  open          INTEGER NOT NULL CHECK (open IN (0, 1)),
  review_date   INTEGER,
  UNIQUE (case_system, case_id, paying_parent)
) STRICT;
CREATE INDEX register_person ON register (person);
CREATE INDEX register_review ON register (review_date) WHERE open = 1 AND review_date IS NOT NULL;

-- Every state a case was ever in; never changed, never deleted.
CREATE TABLE case_history (
  history           INTEGER PRIMARY KEY AUTOINCREMENT,
  case_no           INTEGER NOT NULL REFERENCES register (case_no),
  person            INTEGER NOT NULL REFERENCES identity (person),
  received_at       INTEGER NOT NULL,
  trigger_id        TEXT    NOT NULL,
  line_mac          BLOB    NOT NULL CHECK (length(line_mac) = 16),
  version           INTEGER NOT NULL,
  sent_at           INTEGER NOT NULL,
  status            INTEGER NOT NULL CHECK (status BETWEEN 0 AND 1),
  jurisdiction      INTEGER NOT NULL CHECK (jurisdiction BETWEEN 0 AND 1),
  collection        INTEGER NOT NULL CHECK (collection BETWEEN 0 AND 1),
  safety            INTEGER NOT NULL CHECK (safety BETWEEN 0 AND 2),
  initial_date      INTEGER,
  review_date       INTEGER,
  reg9a_notified_on INTEGER,
  variation         INTEGER NOT NULL CHECK (variation IN (0, 1)),
  basis             INTEGER CHECK (basis BETWEEN 0 AND 4),
  weekly_pence      INTEGER,
  tax_year          INTEGER,
  annual_pence      INTEGER,
  parts             TEXT    NOT NULL,
  effective_date    INTEGER,
  since             INTEGER
) STRICT;
CREATE INDEX case_history_case ON case_history (case_no);

-- A history row with the key of its case, in the order the program reads it.
CREATE VIEW case_state AS
SELECT r.case_system, r.case_id, r.paying_parent, h.person, h.history, h.version, h.sent_at,
       h.status, h.jurisdiction, h.collection, h.safety, h.initial_date, h.review_date,
       h.reg9a_notified_on, h.variation, h.basis, h.weekly_pence, h.tax_year, h.annual_pence,
       h.parts, h.effective_date, h.since, h.case_no, h.line_mac
FROM case_history h JOIN register r ON r.case_no = h.case_no;

-- A file or reply we were given. Its facts are seen once `accepted` has a number.
CREATE TABLE document (
  document       INTEGER PRIMARY KEY AUTOINCREMENT,
  system         TEXT    NOT NULL,
  name           TEXT    NOT NULL,
  sha256         TEXT    NOT NULL DEFAULT '',
  bytes          INTEGER NOT NULL DEFAULT 0,
  received_at    INTEGER NOT NULL,
  state          INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
  receipt        TEXT    NOT NULL DEFAULT '',
  accepted       INTEGER UNIQUE,
  accepted_then  INTEGER NOT NULL,
  worked_through INTEGER NOT NULL DEFAULT 0,
  finished       INTEGER NOT NULL DEFAULT 0 CHECK (finished IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX document_taken_in ON document (sha256) WHERE state = 2;
CREATE INDEX document_sha256 ON document (sha256) WHERE sha256 <> '';
CREATE INDEX document_unfinished ON document (document) WHERE finished = 0;

CREATE TABLE document_raw (
  document INTEGER PRIMARY KEY REFERENCES document (document),
  raw      BLOB NOT NULL
) STRICT;

-- The exact bytes a fact was read from; facts of one element share a row.
CREATE TABLE evidence (
  evidence  INTEGER PRIMARY KEY,
  document  INTEGER NOT NULL REFERENCES document (document),
  byte_from INTEGER NOT NULL,
  byte_to   INTEGER NOT NULL,
  raw       BLOB    NOT NULL
) STRICT;
CREATE INDEX evidence_document ON evidence (document);

CREATE TABLE fact (
  fact        INTEGER PRIMARY KEY,
  document    INTEGER NOT NULL REFERENCES document (document),
  person      INTEGER NOT NULL REFERENCES identity (person),
  kind        INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
  fact_id     BLOB    NOT NULL CHECK (length(fact_id) = 16),
  received_at INTEGER NOT NULL,
  evidence    INTEGER,
  body        TEXT    NOT NULL
) STRICT;
CREATE INDEX fact_by_id ON fact (fact_id);
CREATE INDEX fact_by_person ON fact (person, kind);
CREATE INDEX fact_by_document ON fact (document, person);

CREATE TABLE refused (
  refused  INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (document),
  position TEXT    NOT NULL,
  code     TEXT    NOT NULL,
  field    TEXT    NOT NULL,
  message  TEXT    NOT NULL
) STRICT;
CREATE INDEX refused_document ON refused (document);

CREATE TABLE parameters (
  version TEXT PRIMARY KEY,
  sha256  BLOB NOT NULL CHECK (length(sha256) = 32),
  text    TEXT NOT NULL
) STRICT;

CREATE TABLE decision (
  decision           INTEGER PRIMARY KEY AUTOINCREMENT,
  case_no            INTEGER NOT NULL REFERENCES register (case_no),
  person             INTEGER NOT NULL REFERENCES identity (person),
  job                TEXT    NOT NULL,
  case_history       INTEGER NOT NULL,
  accepted_until     INTEGER NOT NULL,
  as_of              INTEGER NOT NULL,
  parameters_version TEXT    NOT NULL,
  fact_ids           BLOB    NOT NULL CHECK (length(fact_ids) % 16 = 0),
  request            TEXT    NOT NULL,
  assessment         TEXT    NOT NULL,
  made_at            INTEGER NOT NULL,
  correlation_id     TEXT    NOT NULL
) STRICT;
CREATE INDEX decision_case ON decision (case_no);

-- Triggers are never deleted: the row is also what keeps the id from being raised twice.
CREATE TABLE trigger_raised (
  trigger_no      INTEGER PRIMARY KEY AUTOINCREMENT,
  trigger_id      TEXT    NOT NULL UNIQUE,
  case_no         INTEGER NOT NULL REFERENCES register (case_no),
  case_system     TEXT    NOT NULL,
  decision        INTEGER REFERENCES decision (decision),
  kind            TEXT    NOT NULL,
  mode            INTEGER NOT NULL CHECK (mode BETWEEN 0 AND 3),
  sequence        INTEGER,
  state           INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER,
  last_answer     TEXT    NOT NULL DEFAULT '',
  raised_at       INTEGER NOT NULL,
  correlation_id  TEXT    NOT NULL,
  dedupe_key      TEXT    NOT NULL,
  body            TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX trigger_sequence ON trigger_raised (case_no, sequence);
CREATE INDEX trigger_pending ON trigger_raised (case_system, raised_at) WHERE state = 1;

-- One row a case with deliveries: its head, and when the head may next be claimed.
CREATE TABLE lane (
  case_no       INTEGER PRIMARY KEY REFERENCES register (case_no),
  last_sequence INTEGER NOT NULL,
  head          INTEGER REFERENCES trigger_raised (trigger_no),
  due_at        INTEGER
) STRICT;
CREATE INDEX lane_due ON lane (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE outbox_count (
  case_system TEXT PRIMARY KEY,
  pending     INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0),
  delivered   INTEGER NOT NULL DEFAULT 0 CHECK (delivered >= 0),
  parked      INTEGER NOT NULL DEFAULT 0 CHECK (parked >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE raised (
  case_no      INTEGER NOT NULL REFERENCES register (case_no),
  kind         TEXT    NOT NULL,
  subject      TEXT    NOT NULL,
  trigger_id   TEXT    NOT NULL,
  raised_on    INTEGER NOT NULL,
  direction    INTEGER CHECK (direction BETWEEN 0 AND 1),
  base_pence   INTEGER,
  weekly_pence INTEGER,
  PRIMARY KEY (case_no, kind, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE held (
  held        INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  code        TEXT    NOT NULL,
  detail      TEXT    NOT NULL,
  held_at     INTEGER NOT NULL,
  resolved_at INTEGER,
  resolution  TEXT    NOT NULL DEFAULT '',
  resolved_by TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX held_subject ON held (subject);

CREATE TABLE pull (
  person    INTEGER NOT NULL REFERENCES identity (person),
  purpose   TEXT    NOT NULL,
  anchor    INTEGER NOT NULL,
  attempts  INTEGER NOT NULL,
  last_code TEXT    NOT NULL,
  last_at   INTEGER NOT NULL,
  answered  INTEGER NOT NULL CHECK (answered IN (0, 1)),
  PRIMARY KEY (person, purpose, anchor)
) STRICT, WITHOUT ROWID;

-- Each hash covers the one before it; `store` holds the number of entries and the last hash.
CREATE TABLE audit (
  entry   INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  actor   TEXT    NOT NULL,
  action  TEXT    NOT NULL,
  subject TEXT    NOT NULL,
  detail  TEXT    NOT NULL,
  hash    BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
