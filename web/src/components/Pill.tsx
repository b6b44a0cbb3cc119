import { CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Pill.module.css'

interface PillProps {
  name: string
  value: string
  onRemove: () => void
}

/** A filter in force, which can be taken away. */
export function Pill({ name, value, onRemove }: PillProps) {
  const { t } = useTranslation()
  return (
    <span className={classes.pill}>
      <span>{name}</span>
      <b>{value}</b>
      <CloseButton size={20} aria-label={t('filters.remove', { name })} onClick={onRemove} />
    </span>
  )
}

/** Stands above what is filtered. */
export const PillBar = ({ children }: { children: ReactNode }) => (
  <div className={classes.bar}>{children}</div>
)
