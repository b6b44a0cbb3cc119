import { Button, Menu } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCanEdit } from '../projects/project_context.ts'
import { bestMatch, similarity } from './similarity.ts'
import classes from './Campaigns.module.css'

interface UnmatchedRowProps<Other> {
  name: string
  details: readonly (string | null)[]
  figure: string
  note: string
  /** Whether its channel costs money, so that spend ought to be known. */
  isPaid?: boolean
  /** What it may be the same as. */
  others: readonly Other[]
  nameOf: (other: Other) => string
  onPick: (other: Other) => void
}

/** A campaign that does not meet its other half, and what that may be. */
export function UnmatchedRow<Other>(props: UnmatchedRowProps<Other>) {
  const { name, details, figure, note, isPaid = false, others, nameOf, onPick } = props
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const suggested = bestMatch(name, others, nameOf)
  return (
    <li className={classes.row}>
      <span className={classes.what}>
        <b>{name}</b>
        <span>
          {details.filter(Boolean).join(' · ')}
          {isPaid && <em>{t('campaigns.paid')}</em>}
        </span>
      </span>
      <span className={classes.figure}>
        {figure}
        <small>{note}</small>
      </span>
      {canEdit && others.length > 0 && (
        <span className={classes.actions}>
          {suggested && (
            <Button
              variant="light"
              size="compact-sm"
              className={classes.suggested ?? ''}
              leftSection={<IconLink size={14} aria-hidden />}
              onClick={() => onPick(suggested)}
            >
              {t('campaigns.is', { name: nameOf(suggested) })}
            </Button>
          )}
          <OthersMenu {...props} />
        </span>
      )}
    </li>
  )
}

function OthersMenu<Other>({ name, others, nameOf, onPick }: UnmatchedRowProps<Other>) {
  const { t } = useTranslation()
  const sorted = [...others].sort(
    (one, other) => similarity(name, nameOf(other)) - similarity(name, nameOf(one))
  )
  return (
    <Menu position="bottom-end" width={290}>
      <Menu.Target>
        <Button variant="default" size="compact-sm">
          {t('campaigns.choose')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu ?? ''}>
        <Menu.Label>{t('campaigns.same_as', { name })}</Menu.Label>
        {sorted.map((other, index) => (
          <Menu.Item key={index} onClick={() => onPick(other)}>
            {nameOf(other)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
