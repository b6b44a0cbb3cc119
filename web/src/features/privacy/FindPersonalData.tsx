import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonAlias } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useNodeType } from '../people/node_type.ts'
import { FoundPerson } from './FoundPerson.tsx'
import { NothingKnown } from './NothingKnown.tsx'
import { KNOWN_BY, useFindPeople } from './use_privacy.ts'
import classes from './Privacy.module.css'

/** Finds a person by anything that is known of them. */
export function FindPersonalData() {
  const { t } = useTranslation()
  const find = useFindPeople()
  const asked = find.variables
  return (
    <Panel title={t('privacy.title')} subtitle={t('privacy.text')}>
      <FindForm finding={find.isPending} onFind={(alias) => find.mutate(alias)} />
      <FormError error={find.error} />
      <div role="status">
        {asked && find.data?.length === 0 && (
          <NothingKnown alias={asked} onDone={() => find.reset()} />
        )}
        {asked &&
          find.data?.map((person) => (
            <FoundPerson
              key={person.person_id}
              person={person}
              alias={aliasOf(asked, person.integration_ids, find.data.length)}
              onErased={() => find.reset()}
            />
          ))}
      </div>
    </Panel>
  )
}

/** A number that several sources use is told apart by its source. */
function aliasOf(asked: PersonAlias, sources: readonly string[], found: number): PersonAlias {
  const [source] = sources
  return found > 1 && source !== undefined ? { ...asked, integration_id: source } : asked
}

interface FindFormProps {
  finding: boolean
  onFind: (alias: PersonAlias) => void
}

function FindForm({ finding, onFind }: FindFormProps) {
  const { t } = useTranslation()
  const typeOf = useNodeType()
  const [type, setType] = useState<PersonAlias['type']>('email')
  const [value, setValue] = useState('')
  return (
    <form
      className={classes.find}
      onSubmit={(event) => {
        event.preventDefault()
        if (value.trim() !== '') onFind({ type, value: value.trim() })
      }}
    >
      <NativeSelect
        aria-label={t('privacy.known_by')}
        data={KNOWN_BY.map((one) => ({ value: one, label: typeOf(one) }))}
        value={type}
        onChange={({ currentTarget }) =>
          setType(KNOWN_BY.find((one) => one === currentTarget.value) ?? 'email')
        }
      />
      <TextInput
        aria-label={t('privacy.value')}
        placeholder={t('privacy.value')}
        autoComplete="off"
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        loading={finding}
        leftSection={<IconSearch size={15} aria-hidden />}
      >
        {t('privacy.find')}
      </Button>
    </form>
  )
}
