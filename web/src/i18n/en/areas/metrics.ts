/** What the key figures mean. */
export const texts = {
  metric_definition: {
    aov: 'Revenue divided by the number of orders. Fully refunded orders stay in the denominator.',
    cost: 'What was spent on advertising in the period, as the platforms report it.',
    customers: 'People with at least one counted order in the period. Each is counted once.',
    discounts: 'Discounts granted on orders of the period.',
    drr: 'Ad spend as a share of revenue.',
    gross_sales:
      'Price × quantity of everything sold, before discounts, refunds, tax and shipping.',
    new_customers:
      'Customers whose first counted order ever lies in the period, even if it was refunded later.',
    orders: 'Paid orders with a total other than zero.',
    refunds: 'Merchandise returned, as a positive figure. By default at the date of the order.',
    returning_customers: 'Customers of the period whose first order lies before it.',
    revenue: 'Net sales: price × quantity minus discounts and refunds, without tax and shipping.',
    roas: 'Revenue divided by ad spend.',
    romi: 'What each unit of ad spend earned beyond itself: revenue minus cost, divided by cost. Defined as 0 without cost.',
  },
} as const
