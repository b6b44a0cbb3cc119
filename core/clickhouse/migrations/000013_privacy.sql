-- What takes the place of erased identifiers when rows that hold them come again. A copy of PostgreSQL's
-- list, so that the rows are compared inside ClickHouse. Hashes are keyed with the project's salt.
CREATE TABLE suppressed (
  project_id UInt64,
  hash String,
  replacement String
)
ENGINE = ReplacingMergeTree
ORDER BY (project_id, hash);

-- Work tables of one request about a person: what belongs to them, while the request is carried out.
-- Nothing is deduplicated: what a process that died has noted is dropped, and noted again.
CREATE TABLE person_keys (
  project_id UInt64,
  request_id UInt64,
  -- 'alias', 'document', or 'name': by which documents are found, whoever they belong to.
  type LowCardinality(String),
  key UInt64
)
ENGINE = MergeTree
PARTITION BY request_id
ORDER BY (project_id, key);

CREATE TABLE person_facts (
  project_id UInt64,
  request_id UInt64,
  log LowCardinality(String),
  fact_id UInt128,
  -- Documents of a person are found in several rounds; the last one counts.
  round UInt8,
  integration_id UInt64,
  stream LowCardinality(String),
  -- Known by the vendor's key, not by content.
  is_keyed Bool,
  -- Its newest version is the person's; else only an earlier one.
  is_owned Bool
)
ENGINE = MergeTree
PARTITION BY request_id
ORDER BY (project_id, log, round, fact_id);

-- Vendor's records behind the facts. run_id 0: of every run, and record_key is the vendor's key.
CREATE TABLE person_records (
  project_id UInt64,
  request_id UInt64,
  integration_id UInt64,
  stream LowCardinality(String),
  run_id UInt64,
  record_key String
)
ENGINE = MergeTree
PARTITION BY request_id
ORDER BY (project_id, integration_id, stream, run_id, record_key);

-- The facts that take the place of erased ones.
CREATE TABLE person_moves (
  project_id UInt64,
  request_id UInt64,
  log LowCardinality(String),
  fact_id UInt128,
  new_fact_id UInt128,
  is_keyed Bool
)
ENGINE = MergeTree
PARTITION BY request_id
ORDER BY (project_id, log, fact_id);

-- Waiting or rejected rows that hold an erased identifier.
CREATE TABLE person_rows (
  project_id UInt64,
  request_id UInt64,
  table_name LowCardinality(String),
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  line UInt64,
  record_key String
)
ENGINE = MergeTree
PARTITION BY request_id
ORDER BY (project_id, table_name, run_id);
