-- What payment providers kept of an order, where reports read it.
ALTER TABLE order_work ADD COLUMN IF NOT EXISTS fees Decimal(38, 9) AFTER cogs;

ALTER TABLE order_facts ADD COLUMN IF NOT EXISTS fees Decimal(38, 9) AFTER cogs;

ALTER TABLE daily_kpi ADD COLUMN IF NOT EXISTS fees Decimal(38, 9) AFTER cogs;

ALTER TABLE journeys ADD COLUMN IF NOT EXISTS fees Decimal(38, 9) AFTER shipping;
