-- Whom a source of extracts watches for us. state: 0 asked for, 1 confirmed by the source's own list.
CREATE TABLE interest (
  source TEXT    NOT NULL,
  person INTEGER NOT NULL REFERENCES identity (person),
  state  INTEGER NOT NULL CHECK (state IN (0, 1)),
  since  INTEGER NOT NULL,
  PRIMARY KEY (source, person)
) STRICT, WITHOUT ROWID;
