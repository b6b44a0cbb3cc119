import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { EdgeItem } from './EdgeItem.tsx'
import { NodeName } from './NodeName.tsx'
import { usePerson } from './use_people.ts'
import classes from './IdentityPanel.module.css'

/** What a person is known by, and why all of it is taken for one person. */
export function IdentityPanel({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const person = usePerson(personId)
  return (
    <Panel title={t('identity.title')} subtitle={t('identity.text')}>
      {person.isPending && <Skeleton height={220} />}
      {person.isError && <ErrorState error={person.error} onRetry={person.refetch} />}
      {person.data && <Identity person={person.data} />}
    </Panel>
  )
}

/** Ties between identifiers are what joins people; that a document is theirs says nothing new. */
const tiesOf = ({ edges }: Person) => edges.filter(({ reason }) => reason !== 'belongs_to')

function Identity({ person }: { person: Person }) {
  const { t } = useTranslation()
  const format = useFormat()
  const ties = tiesOf(person)
  return (
    <>
      <ul className={classes.identifiers}>
        {person.identifiers.map((node) => (
          <li key={node.alias_id}>
            <NodeName node={node} />
          </li>
        ))}
      </ul>
      {ties.length > 0 && <h3 className={classes.heading}>{t('identity.why')}</h3>}
      <ul className={classes.edges}>
        {ties.map((edge) => (
          <EdgeItem key={`${edge.from.alias_id} ${edge.to.alias_id}`} edge={edge} />
        ))}
      </ul>
      {person.blocked.length > 0 && (
        <>
          <h3 className={classes.heading}>{t('identity.blocked')}</h3>
          <p className={classes.hint}>{t('identity.blocked_text')}</p>
          <ul className={classes.identifiers}>
            {person.blocked.map((node) => (
              <li key={node.alias_id}>
                <NodeName node={node} />
              </li>
            ))}
          </ul>
        </>
      )}
      {!person.is_complete && (
        <p className={classes.hint}>
          {t('identity.incomplete', { shown: format.count(person.documents.length) })}
        </p>
      )}
    </>
  )
}
