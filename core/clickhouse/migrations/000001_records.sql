-- What vendors sent, as it came. Append-only; a row is written only when it differs from what is known.
CREATE TABLE records (
  project_id UInt64,
  integration_id UInt64,
  stream LowCardinality(String),
  run_id UInt64,
  record_key String,
  commit_id UInt64,
  observed_at DateTime64(3, 'UTC'),
  hash UInt64,
  payload String CODEC(ZSTD(1))
)
ENGINE = MergeTree
-- Files key their records by line number: in numeric order, so that a file arrives already sorted.
ORDER BY (project_id, integration_id, stream, run_id, toUInt64OrZero(record_key), record_key)
SETTINGS non_replicated_deduplication_window = 1000;

-- Rows that could not be read, with the reason; the rest of their run went on.
CREATE TABLE rejected_rows (
  project_id UInt64,
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  line UInt64,
  field LowCardinality(String),
  message String,
  raw String CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (project_id, run_id, line)
SETTINGS non_replicated_deduplication_window = 1000;
