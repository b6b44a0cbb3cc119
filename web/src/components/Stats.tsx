import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Change } from './change.ts'
import { Delta } from './Delta.tsx'
import classes from './Stats.module.css'

interface StatsProps {
  children: ReactNode
  stale?: boolean
}

/** A strip of figures that a page stands on. */
export function Stats({ children, stale = false }: StatsProps) {
  return (
    <dl className={classes.stats} data-stale={stale} aria-busy={stale}>
      {children}
    </dl>
  )
}

interface StatProps {
  label: string
  /** Absent while it is on its way. */
  value: string | undefined
  note?: string | undefined
  change?: Change | null | undefined
}

export function Stat({ label, value, note, change }: StatProps) {
  return (
    <div className={classes.stat}>
      <dt>{label}</dt>
      <dd>
        <span className={classes.value}>
          {value ?? <Skeleton height={22} width={96} mt={5} />}
          {change && <Delta change={change} />}
        </span>
        {note !== undefined && <span className={classes.note}>{note}</span>}
      </dd>
    </div>
  )
}
