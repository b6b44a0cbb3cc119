import { useTranslation } from 'react-i18next'
import type { ExplainedOrder, OrderModel } from '../../api/types.ts'
import table from '../../components/DataTable.module.css'
import { cx } from '../../components/cx.ts'
import { useFormat } from '../../i18n/format.ts'
import { colourOf } from '../analysis/models.ts'
import { usePlayerName } from '../analysis/player_name.ts'
import { useProject } from '../projects/project_context.ts'
import { localFormula } from './credit_matrix.ts'
import { RemovalEffects } from './RemovalEffects.tsx'
import { sectionsOf } from './touch_sections.ts'
import classes from './ModelsPanel.module.css'

interface ModelArithmeticProps {
  model: OrderModel
  data: ExplainedOrder
}

/** How one model comes to its credits, figure by figure. */
export function ModelArithmetic({ model, data }: ModelArithmeticProps) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'ru' ? 'ru' : 'en'
  return (
    <section className={classes.arithmetic} aria-live="polite">
      <h3 className={classes.heading}>
        <i style={{ background: colourOf(model.model) }} />
        {t('order.arithmetic', { model: t(`model.${model.model}`) })}
      </h3>
      <p className={classes.rule}>{model.explanation[language]}</p>
      {model.touches.length > 0 && <Sums model={model} data={data} language={language} />}
      {model.fit && <RemovalEffects fit={model.fit} />}
    </section>
  )
}

interface SumsProps extends ModelArithmeticProps {
  language: 'en' | 'ru'
}

function Sums({ model, data, language }: SumsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency } = useProject()
  const numbers = new Map(
    sectionsOf(data.touches).within.map(({ touch, number }) => [touch.id, number])
  )
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('order.sums')}>
      <table className={cx(table.table, classes.sums)}>
        <thead>
          <tr>
            <th scope="col" className={table.key}>
              {t('node_type.touchpoint')}
            </th>
            <th scope="col">{t('order_sum.weight')}</th>
            <th scope="col">{t('order_sum.share')}</th>
            <th scope="col">{t('order_sum.credit')}</th>
            <th scope="col">{t('order_sum.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {model.touches.map((touch) => (
            <SumRow
              key={touch.touch_id}
              touch={touch}
              number={numbers.get(touch.touch_id) ?? null}
              sumOfWeights={model.sum_of_weights}
              language={language}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className={table.key}>
              {t('breakdown.total')}
            </th>
            <td>{format.precise(model.sum_of_weights)}</td>
            <td>{format.percent(1, 0)}</td>
            <td className={classes.exact}>{localFormula(model.total.credit, language)}</td>
            <td>{format.money(Number(model.total.amount), currency)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

interface SumRowProps {
  touch: OrderModel['touches'][number]
  number: number | null
  sumOfWeights: number
  language: 'en' | 'ru'
}

function SumRow({ touch, number, sumOfWeights, language }: SumRowProps) {
  const format = useFormat()
  const nameOf = usePlayerName()
  const { currency } = useProject()
  return (
    <tr>
      <th scope="row" className={table.key}>
        <span className={classes.number}>{number}</span>
        {nameOf(touch.player)}
      </th>
      <td>
        <Weight formula={localFormula(touch.formula, language)} weight={touch.weight} />
      </td>
      <td>
        <code className={classes.formula}>
          {format.precise(touch.weight)} ÷ {format.precise(sumOfWeights)}
        </code>{' '}
        = {format.percent(touch.share, 2)}
      </td>
      <td className={classes.exact}>{localFormula(touch.credit, language)}</td>
      <td>{format.money(Number(touch.amount), currency)}</td>
    </tr>
  )
}

function Weight({ formula, weight }: { formula: string; weight: number }) {
  const format = useFormat()
  const value = format.precise(weight)
  if (formula === value) return value
  return (
    <>
      <code className={classes.formula}>{formula}</code> = {value}
    </>
  )
}
