import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './States.module.css'

interface EmptyStateProps {
  icon: Icon
  title: string
  text: string
  children?: ReactNode
  /** Fills the window rather than its panel. */
  page?: boolean
  tone?: 'neutral' | 'bad'
}

export function EmptyState({ icon: Glyph, title, text, children, page, tone }: EmptyStateProps) {
  return (
    <div className={classes.root} data-page={page} data-tone={tone}>
      <span className={classes.icon}>
        <Glyph size={22} stroke={1.6} aria-hidden />
      </span>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.text}>{text}</p>
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  )
}
