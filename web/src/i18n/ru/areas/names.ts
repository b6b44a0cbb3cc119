/** Названия моделей и конверсий. */
export const texts = {
  conversion: { deal: 'Сделки', deal_won: 'Выигранные сделки', lead: 'Лиды', order: 'Заказы' },
  model: {
    first_touch: 'Первое касание',
    last_non_direct: 'Последнее непрямое',
    last_touch: 'Последнее касание',
    linear: 'Линейная',
    markov: 'Марков',
    position_based: 'По позиции',
    shapley: 'Шепли',
    time_decay: 'По давности',
  },
  order_search: { go: 'Открыть заказ', label: 'Номер заказа' },
} as const
