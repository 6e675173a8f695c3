-- What the dashboards count, who may use the service, objections with what became of them, and who did what.
ALTER TABLE runs ADD COLUMN profile VARCHAR(200) NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN outcome VARCHAR(100) NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN expected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN judged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN owner VARCHAR(200) NOT NULL DEFAULT '';
ALTER TABLE findings ADD COLUMN district VARCHAR(200) NOT NULL DEFAULT '';
ALTER TABLE findings ADD COLUMN clause VARCHAR(300) NOT NULL DEFAULT '';
CREATE INDEX findings_by_rule ON findings (rule, run);
CREATE TABLE accounts (
  name VARCHAR(200) PRIMARY KEY,
  role VARCHAR(20) NOT NULL,
  secret VARCHAR(300) NOT NULL,
  failed INTEGER NOT NULL,
  locked_until VARCHAR(20) NOT NULL,
  created_at VARCHAR(20) NOT NULL
);
CREATE TABLE sessions (
  token VARCHAR(64) PRIMARY KEY,
  account VARCHAR(200) NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
  ends_at VARCHAR(20) NOT NULL
);
CREATE TABLE objections (
  id VARCHAR(16) PRIMARY KEY,
  made_at VARCHAR(20) NOT NULL,
  made_by VARCHAR(200) NOT NULL,
  rule VARCHAR(300) NOT NULL,
  fingerprint VARCHAR(64) NOT NULL,
  department VARCHAR(500) NOT NULL,
  state VARCHAR(20) NOT NULL,
  reason TEXT NOT NULL,
  finding TEXT NOT NULL,
  slip TEXT NOT NULL,
  attachment_name VARCHAR(200) NOT NULL,
  attachment TEXT NOT NULL,
  answer TEXT NOT NULL
);
CREATE INDEX objections_by_state ON objections (state, made_at);
CREATE TABLE audit (
  number VARCHAR(40) PRIMARY KEY,
  done_at VARCHAR(30) NOT NULL,
  done_by VARCHAR(200) NOT NULL,
  action VARCHAR(60) NOT NULL,
  about VARCHAR(300) NOT NULL,
  before_it TEXT NOT NULL,
  after_it TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (done_at);
