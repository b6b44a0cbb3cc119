/** What models and conversions are called. */
export const texts = {
  conversion: { deal: 'Deals', deal_won: 'Won deals', lead: 'Leads', order: 'Orders' },
  model: {
    first_touch: 'First touch',
    last_non_direct: 'Last non-direct',
    last_touch: 'Last touch',
    linear: 'Linear',
    markov: 'Markov',
    position_based: 'Position-based',
    shapley: 'Shapley',
    time_decay: 'Time decay',
  },
  order_search: { go: 'Open the order', label: 'Order number' },
} as const
