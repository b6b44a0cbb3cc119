-- What payment providers kept of an order.
ALTER TABLE stage_order ADD COLUMN IF NOT EXISTS fees Decimal(38, 9) AFTER shipping;

ALTER TABLE order_log ADD COLUMN IF NOT EXISTS fees Decimal(38, 9) AFTER shipping;
