-- What a commit touched, so that a refresh costs the change and not the history.
-- A retried insert may list a key twice; these are sets, so nothing counts twice.
CREATE TABLE dirty_orders (
  project_id UInt64,
  commit_id UInt64,
  order_id String,
  noted_at DateTime DEFAULT now()
)
ENGINE = ReplacingMergeTree
ORDER BY (project_id, commit_id, order_id)
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

-- A refund line dirties the order that it refunds, a free-standing one only itself.
CREATE MATERIALIZED VIEW dirty_orders_from_lines TO dirty_orders AS
SELECT DISTINCT project_id, commit_id, if(refund_of = '', order_id, refund_of) AS order_id
FROM order_line_log;

CREATE MATERIALIZED VIEW dirty_orders_from_orders TO dirty_orders AS
SELECT DISTINCT project_id, commit_id, order_id
FROM order_log;

CREATE MATERIALIZED VIEW dirty_orders_from_refunds TO dirty_orders AS
SELECT DISTINCT project_id, commit_id, if(order_id = '', refund_id, order_id) AS order_id
FROM refund_log;

CREATE MATERIALIZED VIEW dirty_days_from_ad_spend TO dirty_days AS
SELECT DISTINCT project_id, commit_id, date
FROM ad_spend_daily_log;
