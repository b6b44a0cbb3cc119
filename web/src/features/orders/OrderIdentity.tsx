import { useTranslation } from 'react-i18next'
import type { ExplainedOrder } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { EdgeItem } from '../people/EdgeItem.tsx'
import { NodeName } from '../people/NodeName.tsx'
import { numbersByAlias } from './touch_sections.ts'
import classes from './OrderIdentity.module.css'

type Chain = ExplainedOrder['identity'][number]

/** Why the touches are taken for the order's person: from identifier to identifier, up to the order. */
export function OrderIdentity({ data }: { data: ExplainedOrder }) {
  const { t } = useTranslation()
  const numbers = numbersByAlias(data.touches)
  if (data.identity.length === 0) return null
  return (
    <Panel title={t('order.identity')} subtitle={t('order.identity_text')}>
      <div className={classes.chains}>
        {data.identity.map((chain) => (
          <ChainView key={chain.alias_id} {...chain} numbers={numbers.get(chain.alias_id) ?? []} />
        ))}
      </div>
    </Panel>
  )
}

function ChainView({ chain, numbers }: Chain & { numbers: readonly number[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const start = chain?.[0]?.from
  return (
    <section className={classes.chain}>
      <h3 className={classes.start}>
        {start ? <NodeName node={start} /> : t('order.no_chain')}
        <span>
          {numbers.length === 0
            ? t('order.no_counted')
            : t('order.counted_of', {
                count: numbers.length,
                numbers: format.list(numbers.map(String)),
              })}
        </span>
      </h3>
      {chain && (
        <ol className={classes.edges}>
          {chain.map((edge) => (
            <EdgeItem key={`${edge.from.alias_id} ${edge.to.alias_id}`} edge={edge} />
          ))}
        </ol>
      )}
    </section>
  )
}
