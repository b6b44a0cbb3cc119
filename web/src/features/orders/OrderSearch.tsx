import { ActionIcon, TextInput } from '@mantine/core'
import { IconArrowRight, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useProject } from '../projects/project_context.ts'
import { orderPath } from './order_path.ts'
import classes from './OrderSearch.module.css'

/** Opens an order by its number. */
export function OrderSearch() {
  const { t } = useTranslation()
  const { id } = useProject()
  const navigate = useNavigate()
  const [number, setNumber] = useState('')
  const wanted = number.trim()
  return (
    <form
      role="search"
      className={classes.search}
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted === '') return
        setNumber('')
        void navigate(orderPath(id, wanted))
      }}
    >
      <TextInput
        size="xs"
        aria-label={t('order_search.label')}
        placeholder={t('order_search.label')}
        autoComplete="off"
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        rightSection={
          wanted !== '' && (
            <ActionIcon type="submit" size={22} variant="subtle" aria-label={t('order_search.go')}>
              <IconArrowRight size={15} stroke={1.8} aria-hidden />
            </ActionIcon>
          )
        }
      />
    </form>
  )
}
