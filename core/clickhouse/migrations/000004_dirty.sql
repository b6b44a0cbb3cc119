-- What a commit touched, so that a refresh costs the change and not the history.
-- A retried insert may list a key twice; these are sets, so nothing counts twice.
CREATE TABLE dirty_orders (
  project_id UInt64,
  commit_id UInt64,
  order_id String,
  -- What is recomputed with the order: itself, its credit notes, its refunds.
  document_id String DEFAULT order_id,
  noted_at DateTime DEFAULT now()
)
ENGINE = ReplacingMergeTree
ORDER BY (project_id, commit_id, order_id, document_id)
TTL noted_at + INTERVAL 7 DAY;

CREATE TABLE dirty_days (
  project_id UInt64,
  commit_id UInt64,
  date Date,
  noted_at DateTime DEFAULT now()
)
ENGINE = ReplacingMergeTree
ORDER BY (project_id, commit_id, date)
TTL noted_at + INTERVAL 7 DAY;
