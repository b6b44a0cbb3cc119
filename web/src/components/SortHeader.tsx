import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './DataTable.module.css'

interface SortHeaderProps {
  children: ReactNode
  /** How the table is sorted by this column; null where it is by another. */
  dir: 'asc' | 'desc' | null
  onSort: (dir: 'asc' | 'desc') => void
  className?: string | undefined
}

/** A column that sorts: the biggest first, then the other way round. */
export function SortHeader({ children, dir, onSort, className }: SortHeaderProps) {
  const Arrow = dir === 'asc' ? IconArrowUp : IconArrowDown
  const direction = dir === 'asc' ? 'ascending' : 'descending'
  return (
    <th scope="col" aria-sort={dir === null ? 'none' : direction} className={className}>
      <button
        type="button"
        className={classes.sort}
        onClick={() => onSort(dir === 'desc' ? 'asc' : 'desc')}
      >
        {children}
        <Arrow size={13} stroke={2} data-visible={dir !== null} aria-hidden />
      </button>
    </th>
  )
}
