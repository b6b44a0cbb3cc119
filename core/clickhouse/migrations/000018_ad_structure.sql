-- Campaigns, ad groups and ads as accounts have them set up: names change, and the log keeps every one.
CREATE TABLE stage_campaign (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  campaign_id String,
  campaign_name String,
  status LowCardinality(String),
  account_id LowCardinality(String),
  updated_at Nullable(DateTime64(3, 'UTC')),
  account_name LowCardinality(String),
  objective LowCardinality(String),
  start_date Nullable(Date),
  end_date Nullable(Date),
  daily_budget Nullable(Decimal(38, 9)),
  currency LowCardinality(String)
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_ad_group (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  ad_group_id String,
  ad_group_name String,
  status LowCardinality(String),
  account_id LowCardinality(String),
  updated_at Nullable(DateTime64(3, 'UTC')),
  campaign_id String
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_ad (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  ad_id String,
  ad_name String,
  status LowCardinality(String),
  account_id LowCardinality(String),
  updated_at Nullable(DateTime64(3, 'UTC')),
  campaign_id String,
  ad_group_id String,
  final_url String
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE campaign_log (
  project_id UInt64,
  integration_id UInt64,
  stream LowCardinality(String),
  fact_id UInt128,
  commit_id UInt64,
  is_deleted Bool,
  row_hash UInt64,
  run_id UInt64,
  record_key String,
  vendor_updated_at DateTime64(3, 'UTC'),
  observed_at DateTime64(3, 'UTC'),
  campaign_id String,
  campaign_name String,
  status LowCardinality(String),
  account_id LowCardinality(String),
  account_name LowCardinality(String),
  objective LowCardinality(String),
  start_date Nullable(Date),
  end_date Nullable(Date),
  daily_budget Nullable(Decimal(38, 9)),
  currency LowCardinality(String),
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, campaign_id, fact_id, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE ad_group_log (
  project_id UInt64,
  integration_id UInt64,
  stream LowCardinality(String),
  fact_id UInt128,
  commit_id UInt64,
  is_deleted Bool,
  row_hash UInt64,
  run_id UInt64,
  record_key String,
  vendor_updated_at DateTime64(3, 'UTC'),
  observed_at DateTime64(3, 'UTC'),
  ad_group_id String,
  ad_group_name String,
  status LowCardinality(String),
  account_id LowCardinality(String),
  campaign_id String,
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, ad_group_id, fact_id, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE ad_log (
  project_id UInt64,
  integration_id UInt64,
  stream LowCardinality(String),
  fact_id UInt128,
  commit_id UInt64,
  is_deleted Bool,
  row_hash UInt64,
  run_id UInt64,
  record_key String,
  vendor_updated_at DateTime64(3, 'UTC'),
  observed_at DateTime64(3, 'UTC'),
  ad_id String,
  ad_name String,
  status LowCardinality(String),
  account_id LowCardinality(String),
  campaign_id String,
  ad_group_id String,
  final_url String,
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, ad_id, fact_id, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;
