-- Staging of touches, people, products and goals; as 000002.
CREATE TABLE stage_touchpoint (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  touchpoint_id String,
  occurred_at DateTime64(3, 'UTC'),
  customer_id String,
  client_id String,
  email String,
  phone String,
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  campaign_id String,
  content String,
  term String,
  click_id String,
  referrer String,
  landing_page String,
  country LowCardinality(String),
  device LowCardinality(String),
  order_id String
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_session (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  session_id String,
  started_at DateTime64(3, 'UTC'),
  ended_at Nullable(DateTime64(3, 'UTC')),
  customer_id String,
  client_id String,
  email String,
  phone String,
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  campaign_id String,
  content String,
  term String,
  click_id String,
  referrer String,
  landing_page String,
  country LowCardinality(String),
  device LowCardinality(String),
  page_views UInt64
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_customer (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  customer_id String,
  created_at Nullable(DateTime64(3, 'UTC')),
  updated_at Nullable(DateTime64(3, 'UTC')),
  client_id String,
  email String,
  phone String,
  country LowCardinality(String),
  city LowCardinality(String),
  tags Array(String)
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_product (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  product_id String,
  updated_at Nullable(DateTime64(3, 'UTC')),
  sku String,
  product_name String,
  category LowCardinality(String),
  brand LowCardinality(String),
  price Nullable(Decimal(38, 9)),
  unit_cost Nullable(Decimal(38, 9)),
  currency LowCardinality(String),
  cost_from Nullable(Date)
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_deal (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  deal_id String,
  created_at DateTime64(3, 'UTC'),
  updated_at Nullable(DateTime64(3, 'UTC')),
  closed_at Nullable(DateTime64(3, 'UTC')),
  pipeline LowCardinality(String),
  stage LowCardinality(String),
  won Nullable(UInt8),
  amount Nullable(Decimal(38, 9)),
  currency LowCardinality(String),
  contact_id String,
  client_id String,
  email String,
  phone String,
  order_id String,
  utm_source LowCardinality(String),
  utm_medium LowCardinality(String),
  utm_campaign String,
  utm_content String,
  utm_term String
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_lead (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  lead_id String,
  created_at DateTime64(3, 'UTC'),
  updated_at Nullable(DateTime64(3, 'UTC')),
  status LowCardinality(String),
  customer_id String,
  client_id String,
  email String,
  phone String,
  campaign_id String,
  ad_id String,
  form_id String,
  utm_source LowCardinality(String),
  utm_medium LowCardinality(String),
  utm_campaign String,
  utm_content String,
  utm_term String
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_custom_event (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  event_id String,
  occurred_at DateTime64(3, 'UTC'),
  event_name LowCardinality(String),
  customer_id String,
  client_id String,
  email String,
  phone String,
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  campaign_id String,
  content String,
  term String,
  click_id String,
  referrer String,
  landing_page String,
  country LowCardinality(String),
  device LowCardinality(String),
  url String,
  value Nullable(Decimal(38, 9)),
  currency LowCardinality(String),
  attributes Map(String, String)
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

-- Their logs; as 000003. The index finds what one commit wrote.
CREATE TABLE touchpoint_log (
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
  touchpoint_id String,
  occurred_at DateTime64(3, 'UTC'),
  customer_id String,
  client_id String,
  email_hash String,
  phone_hash String,
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  campaign_id String,
  content String,
  term String,
  click_id String,
  referrer String,
  landing_page String,
  country LowCardinality(String),
  device LowCardinality(String),
  order_id String,
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, occurred_at, fact_id, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE session_log (
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
  session_id String,
  started_at DateTime64(3, 'UTC'),
  ended_at Nullable(DateTime64(3, 'UTC')),
  customer_id String,
  client_id String,
  email_hash String,
  phone_hash String,
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  campaign_id String,
  content String,
  term String,
  click_id String,
  referrer String,
  landing_page String,
  country LowCardinality(String),
  device LowCardinality(String),
  page_views UInt64,
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, started_at, fact_id, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE customer_log (
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
  customer_id String,
  created_at Nullable(DateTime64(3, 'UTC')),
  client_id String,
  email_hash String,
  phone_hash String,
  country LowCardinality(String),
  city LowCardinality(String),
  tags Array(String),
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, customer_id, fact_id, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE product_log (
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
  product_id String,
  sku String,
  product_name String,
  category LowCardinality(String),
  brand LowCardinality(String),
  price Nullable(Decimal(38, 9)),
  unit_cost Nullable(Decimal(38, 9)),
  currency LowCardinality(String),
  cost_from Nullable(Date),
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, product_id, fact_id, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE deal_log (
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
  deal_id String,
  created_at DateTime64(3, 'UTC'),
  closed_at Nullable(DateTime64(3, 'UTC')),
  pipeline LowCardinality(String),
  stage LowCardinality(String),
  won Nullable(UInt8),
  amount Nullable(Decimal(38, 9)),
  currency LowCardinality(String),
  contact_id String,
  client_id String,
  email_hash String,
  phone_hash String,
  order_id String,
  utm_source LowCardinality(String),
  utm_medium LowCardinality(String),
  utm_campaign String,
  utm_content String,
  utm_term String,
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, deal_id, fact_id, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE lead_log (
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
  lead_id String,
  created_at DateTime64(3, 'UTC'),
  status LowCardinality(String),
  customer_id String,
  client_id String,
  email_hash String,
  phone_hash String,
  campaign_id String,
  ad_id String,
  form_id String,
  utm_source LowCardinality(String),
  utm_medium LowCardinality(String),
  utm_campaign String,
  utm_content String,
  utm_term String,
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, lead_id, fact_id, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE custom_event_log (
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
  event_id String,
  occurred_at DateTime64(3, 'UTC'),
  event_name LowCardinality(String),
  customer_id String,
  client_id String,
  email_hash String,
  phone_hash String,
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  campaign_id String,
  content String,
  term String,
  click_id String,
  referrer String,
  landing_page String,
  country LowCardinality(String),
  device LowCardinality(String),
  url String,
  value Nullable(Decimal(38, 9)),
  currency LowCardinality(String),
  attributes Map(String, String),
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, occurred_at, fact_id, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;
