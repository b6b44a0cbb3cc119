/** How the models work. */
export const texts = {
  model_definition: {
    first_touch: 'The whole conversion goes to the first touch within the window.',
    last_non_direct:
      'The whole conversion goes to the last touch that was not direct. If all were direct, to the last one.',
    last_touch: 'The whole conversion goes to the last touch, direct ones included.',
    linear: 'Each touch of the path gets the same; a channel that was met twice gets twice.',
    markov:
      'All paths, those without a conversion too, are read as a chain of steps. What a channel is worth is the part of the conversions that would be lost without it: its removal effect.',
    position_based:
      'The first touch gets {{first}}, the last {{last}}; those between share the rest evenly. Two touches share in that proportion.',
    shapley:
      'The exact Shapley value: each channel on the path gets the same, however often and in whatever order it was met.',
    time_decay:
      'A touch weighs half as much for every {{days}} days that it lies before the last one.',
  },
  allocation_definition: {
    global: 'All conversions together are divided in proportion to the removal effects.',
    path: 'Each conversion is divided among the channels on its own path in proportion to their removal effects, so that rows add up under any filter.',
  },
  how_value: {
    margin: 'Margin is revenue minus the cost of the goods.',
    revenue: 'Revenue is net sales: without discounts, refunds, tax and shipping.',
  },
  how: {
    conversions: '{{conversion}} of {{range}}, by the date of the conversion.',
    refunds: 'Refunds take back from each touch in proportion; a cancelled order is no conversion.',
    sql_hint: 'The queries that read the paths. Run them and you get the same rows.',
    sums: 'The credits of each conversion sum to exactly 1, so that every column has the same total.',
    touches_one: 'Touches of the same person within {{count}} day before it, both ends included.',
    touches_other:
      'Touches of the same person within {{count}} days before it, both ends included.',
    unattributed_one:
      '{{count}} of {{all}} conversions has no such touch. It is the row “Unattributed”.',
    unattributed_other:
      '{{count}} of {{all}} conversions have no such touch. They are the row “Unattributed”.',
    what: 'What is divided',
  },
} as const
