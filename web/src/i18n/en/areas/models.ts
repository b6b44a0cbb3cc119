/** The numbers that models work with. */
export const texts = {
  model_brief: {
    first_touch: 'All to how somebody came first',
    last_non_direct: 'All to the last visit that was not direct',
    last_touch: 'All to the very last visit',
    linear: 'The same to every touch',
    markov: 'By what would be lost without it',
    position_based: 'Most to the first and the last',
    shapley: 'The same to each that took part',
    time_decay: 'The later, the more',
  },
  model_params: {
    allocation: 'Allocation',
    first: 'First touch',
    half_life: 'Half-life, days',
    last: 'Last touch',
    too_much: 'Together more than 0 and at most 100 %',
  },
  allocation: { global: 'Over all', path: 'By path' },
  allocation_hint: {
    global: 'The published method; has no credits of single orders.',
    path: 'Each order among those on its own path.',
  },
} as const
