-- Runs that were kept, and those of their findings that somebody should see.
CREATE TABLE runs (
  id VARCHAR(16) PRIMARY KEY,
  kept_at VARCHAR(20) NOT NULL,
  as_of VARCHAR(10) NOT NULL,
  series VARCHAR(500) NOT NULL,
  package VARCHAR(40) NOT NULL,
  ruleset VARCHAR(64) NOT NULL,
  subjects INTEGER NOT NULL,
  rules INTEGER NOT NULL,
  tally TEXT NOT NULL,
  report TEXT NOT NULL
);
CREATE INDEX runs_by_day ON runs (as_of, kept_at);
CREATE TABLE findings (
  run VARCHAR(16) NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  fingerprint VARCHAR(64) NOT NULL,
  rule VARCHAR(300) NOT NULL,
  verdict VARCHAR(20) NOT NULL,
  severity VARCHAR(20) NOT NULL,
  department VARCHAR(500) NOT NULL,
  PRIMARY KEY (run, number)
);
CREATE INDEX findings_by_fingerprint ON findings (fingerprint);
CREATE INDEX findings_by_department ON findings (department, run);
