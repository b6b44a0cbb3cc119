import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { NodeName } from '../people/NodeName.tsx'
import { useNodeType } from '../people/node_type.ts'
import { useProject } from '../projects/project_context.ts'
import { FINDABLE, useFoundPersons, type Findable, type Wanted } from './use_identity.ts'
import classes from './Identity.module.css'

export function FindPersonPanel() {
  const { t } = useTranslation()
  const typeOf = useNodeType()
  const [type, setType] = useState<Findable>('email')
  const [value, setValue] = useState('')
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const found = useFoundPersons(wanted)
  return (
    <Panel title={t('find.title')} subtitle={t('find.text')}>
      <form
        className={classes.find}
        onSubmit={(event) => {
          event.preventDefault()
          if (value.trim() !== '') setWanted({ type, value: value.trim() })
        }}
      >
        <NativeSelect
          aria-label={t('find.type')}
          data={FINDABLE.map((one) => ({ value: one, label: typeOf(one) }))}
          value={type}
          onChange={({ currentTarget }) =>
            setType(FINDABLE.find((one) => one === currentTarget.value) ?? 'email')
          }
        />
        <TextInput
          aria-label={t('find.value')}
          placeholder={t('find.value')}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={found.isFetching}
          leftSection={<IconSearch size={15} aria-hidden />}
        >
          {t('find.go')}
        </Button>
      </form>
      {found.isError && <ErrorState error={found.error} onRetry={found.refetch} />}
      {found.data && <Found found={found.data} />}
    </Panel>
  )
}

function Found({ found }: { found: NonNullable<ReturnType<typeof useFoundPersons>['data']> }) {
  const { t } = useTranslation()
  const { id } = useProject()
  if (found.length === 0) {
    return (
      <p className={classes.none} role="status">
        {t('find.nobody')}
      </p>
    )
  }
  return (
    <ul className={classes.list} role="status">
      {found.map(({ person_id: person, matched }) => (
        <li key={matched.alias_id} className={classes.row}>
          <span className={classes.what}>
            <NodeName node={matched} />
          </span>
          <Link to={`/p/${id}/people/${person}`} className={classes.open}>
            {t('find.open')}
          </Link>
        </li>
      ))}
    </ul>
  )
}
