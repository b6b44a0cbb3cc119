/** The numbers that models work with. */
export const texts = {
  model_brief: {
    first_touch: 'Всё — тому, откуда пришли впервые',
    last_non_direct: 'Всё — последнему непрямому визиту',
    last_touch: 'Всё — самому последнему визиту',
    linear: 'Всем касаниям поровну',
    markov: 'По тому, что пропало бы без канала',
    position_based: 'Больше всего — первому и последнему',
    shapley: 'Каждому участнику поровну',
    time_decay: 'Чем позже, тем больше',
  },
  model_params: {
    allocation: 'Распределение',
    first: 'Первое касание',
    half_life: 'Полураспад, дней',
    last: 'Последнее касание',
    too_much: 'Вместе больше 0 и не больше 100 %',
  },
  allocation: { global: 'По всем сразу', path: 'По пути' },
  allocation_hint: {
    global: 'Метод из публикаций; вклада в отдельный заказ не даёт.',
    path: 'Каждый заказ — между каналами его собственного пути.',
  },
} as const
