import { join } from 'node:path'

/** UCI “Online Retail”; see data/ATTRIBUTION.md. */
export const realFile = join(import.meta.dirname, 'data/online-retail.csv.gz')

/** How the file is imported. */
export const onlineRetail = {
  name: 'Online Retail',
  kind: 'order_lines',
  columns: {
    order_id: 'InvoiceNo',
    product_id: 'StockCode',
    product_name: 'Description',
    quantity: 'Quantity',
    ordered_at: 'InvoiceDate',
    unit_price: 'UnitPrice',
    customer_id: 'CustomerID',
    country: 'Country',
  },
  constants: { currency: 'GBP' },
  timezone: 'Europe/London',
  rules: [
    { when: { column: 'InvoiceNo', starts_with: 'C' }, as: 'refund' },
    { when: { column: 'InvoiceNo', starts_with: 'A' }, as: 'skip' },
  ],
}
