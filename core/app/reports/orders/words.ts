import type { AttributionParameters, Model } from '#attribution/public'
import type { Title } from '../catalogue/types.ts'
import { figure, restOfEnds } from './arithmetic.ts'

export interface Told {
  params: AttributionParameters['params']
  /** Eligible touches. */
  touches: number
  /** Different players among them. */
  players: number
  sumOfWeights: number
}

type Words = (told: Told) => Title

const evenlyAmongPlayers = (players: number): Title => ({
  en: `${players} different players share the order evenly; each shares its part among its touches.`,
  ru: `Заказ делится поровну между ${players} разными игроками; каждый делит свою долю между своими касаниями.`,
})

const onlyTouch: Title = {
  en: 'The only touch gets everything.',
  ru: 'Единственное касание получает всё.',
}

const words: Record<Model, Words> = {
  first_touch: () => ({
    en: 'Everything goes to the first touch.',
    ru: 'Всё получает первое касание.',
  }),
  last_touch: () => ({
    en: 'Everything goes to the last touch.',
    ru: 'Всё получает последнее касание.',
  }),
  last_non_direct: () => ({
    en: 'Everything goes to the last touch that is not direct; to the last one if all are.',
    ru: 'Всё получает последнее непрямое касание; если все прямые, последнее.',
  }),
  linear: ({ touches }) =>
    touches === 1
      ? onlyTouch
      : {
          en: `Each of the ${touches} touches gets the same.`,
          ru: `Каждое из касаний (${touches}) получает поровну.`,
        },
  time_decay: ({ params, sumOfWeights }) => {
    const days = figure(params.time_decay.half_life_days)
    const sum = figure(sumOfWeights)
    return {
      en: `A touch weighs half as much for every ${days} days that it lies before the last touch. Its share is its weight ÷ the sum of weights, ${sum}.`,
      ru: `За каждые ${days} дн. до последнего касания вес уменьшается вдвое. Доля касания: его вес ÷ сумму весов ${sum}.`,
    }
  },
  position_based: ({ params, touches }) => {
    const { first, last } = params.position_based
    const [of_first, of_last] = [figure(first), figure(last)]
    if (touches === 1) return onlyTouch
    if (touches === 2)
      return {
        en: `Two touches share in the proportion ${of_first} : ${of_last}.`,
        ru: `Два касания делят заказ в отношении ${of_first} : ${of_last}.`,
      }
    const rest = figure(restOfEnds(params.position_based))
    return {
      en: `The first touch gets ${of_first}, the last ${of_last}; the ${touches - 2} between share ${rest} evenly.`,
      ru: `Первое касание получает ${of_first}, последнее ${of_last}; остальные (${touches - 2}) делят поровну ${rest}.`,
    }
  },
  markov: ({ sumOfWeights, players }) => {
    const sum = figure(sumOfWeights)
    return {
      en: `A player's share is its removal effect ÷ the sum of the effects of the ${players} players on this path, ${sum}; it is shared evenly among the player's touches. Where no effect is known, the players share evenly.`,
      ru: `Доля игрока: его эффект удаления ÷ сумму эффектов игроков этого пути (${players}), ${sum}; она делится поровну между его касаниями. Если эффекты неизвестны, игроки делят поровну.`,
    }
  },
  shapley: ({ players }) => evenlyAmongPlayers(players),
}

/** The rule of a model in words, with the numbers of this order. */
export const explainModel = (model: Model, told: Told): Title => words[model](told)

export const nothingToDivide: Title = {
  en: 'No touch lies within the window: the order is unattributed.',
  ru: 'В окне нет ни одного касания: заказ не атрибутирован.',
}

export const dividedGlobally: Title = {
  en: 'The global allocation divides all orders of the range together in proportion to the removal effects; it has no credits of a single order.',
  ru: 'Глобальное распределение делит все заказы периода вместе пропорционально эффектам удаления; у отдельного заказа долей нет.',
}
