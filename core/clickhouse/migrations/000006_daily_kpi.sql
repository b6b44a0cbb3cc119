-- Daily sums that add up over days and dimensions; built from order_facts and ad_spend_daily_log, in slices.
CREATE TABLE daily_kpi (
  project_id UInt64,
  date Date,
  generation UInt64,
  integration_id UInt64,
  source_type LowCardinality(String),
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  campaign_id String,
  ad_group String,
  ad_id String,
  ad String,
  country LowCardinality(String),
  device LowCardinality(String),
  orders UInt64,
  new_customers UInt64,
  cancelled_orders UInt64,
  unconverted UInt64,
  gross Decimal(38, 9),
  discount Decimal(38, 9),
  refunded_by_order_date Decimal(38, 9),
  refunded_by_refund_date Decimal(38, 9),
  tax Decimal(38, 9),
  shipping Decimal(38, 9),
  cogs Decimal(38, 9),
  cost Decimal(38, 9),
  impressions UInt64,
  clicks UInt64,
  platform_conversions Decimal(38, 9),
  platform_revenue Decimal(38, 9)
)
ENGINE = MergeTree
ORDER BY (project_id, date, generation, channel, campaign, source, country, ad_id)
SETTINGS non_replicated_deduplication_window = 1000;
