-- What lies for the length of a load is read whole, so it need not be sorted, and a file per column is
-- more work than it saves.
DROP TABLE IF EXISTS order_work;

CREATE TABLE IF NOT EXISTS order_work (
  project_id UInt64,
  commit_id UInt64,
  date Date,
  order_id String,
  document_id String,
  fact_key UInt64,
  order_key UInt64,
  kind LowCardinality(String),
  integration_id UInt64,
  source_type LowCardinality(String),
  event_time DateTime64(3, 'UTC'),
  order_date Date,
  state LowCardinality(String),
  is_counted Bool,
  is_converted Bool,
  customer_key UInt64,
  customer_id String,
  client_id String,
  email_hash String,
  phone_hash String,
  country LowCardinality(String),
  device LowCardinality(String),
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  landing_page String,
  coupon String,
  currency LowCardinality(String),
  total Decimal(38, 9),
  gross Decimal(38, 9),
  discount Decimal(38, 9),
  refunded Decimal(38, 9),
  tax Decimal(38, 9),
  shipping Decimal(38, 9),
  cogs Decimal(38, 9),
  fees Decimal(38, 9),
  item_product_id Array(String),
  item_product_name Array(String),
  item_quantity Array(Decimal(38, 9)),
  item_gross Array(Decimal(38, 9)),
  item_discount Array(Decimal(38, 9))
)
ENGINE = MergeTree
PARTITION BY commit_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000,
  min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_ad MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_ad_group MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_ad_spend_daily MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_campaign MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_custom_event MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_customer MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_deal MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_deleted MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_lead MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_order MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_order_line MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_product MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_refund MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_session MODIFY SETTING min_bytes_for_wide_part = 1000000000;

ALTER TABLE stage_touchpoint MODIFY SETTING min_bytes_for_wide_part = 1000000000;
