-- Questions to HMRC: one row each, the budget they share, and which fields come back.

-- The budget of requests; one row, written with each request. `state` is a run of 8-byte integers:
-- the moment not to be asked before, four moments until which a rank waits (0: none), four numbers
-- of places a rank was passed over for, then the moments of the last requests, oldest first.
CREATE TABLE request_pace (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  state BLOB    NOT NULL CHECK (length(state) >= 72 AND length(state) % 8 = 0)
) STRICT;

-- Who was asked about, why, when, and what it came to. `correlation_id` is what HMRC was given with
-- the request; it does not repeat it. `document` holds the reply as it came.
CREATE TABLE hmrc_request (
  request         INTEGER PRIMARY KEY AUTOINCREMENT,
  person          INTEGER NOT NULL REFERENCES identity (person),
  purpose         TEXT    NOT NULL,
  anchor          INTEGER,
  interface       TEXT    NOT NULL,
  request_id      TEXT    NOT NULL,
  correlation_id  TEXT    NOT NULL,
  asked_at        INTEGER NOT NULL,
  answered_at     INTEGER NOT NULL,
  waited_ms       INTEGER NOT NULL CHECK (waited_ms >= 0),
  result          TEXT    NOT NULL,
  status          INTEGER NOT NULL,
  code            TEXT    NOT NULL,
  calls           INTEGER NOT NULL,
  document        INTEGER REFERENCES document (document),
  fields_asked    TEXT    NOT NULL,
  fields_received TEXT    NOT NULL
) STRICT;
CREATE INDEX hmrc_request_person ON hmrc_request (person, purpose, asked_at);
CREATE INDEX hmrc_request_asked ON hmrc_request (asked_at);

-- How often a field was asked for in replies that held rows, and how often it was there.
CREATE TABLE hmrc_field (
  interface TEXT    NOT NULL,
  purpose   TEXT    NOT NULL,
  field     TEXT    NOT NULL,
  asked     INTEGER NOT NULL,
  received  INTEGER NOT NULL,
  last_at   INTEGER,
  PRIMARY KEY (interface, purpose, field)
) STRICT, WITHOUT ROWID;

-- The day a pull was last tried for, by the day the run was for.
ALTER TABLE pull ADD COLUMN last_on INTEGER;
