import type { ReactNode } from 'react'
import classes from './Panel.module.css'

interface PanelProps {
  title?: ReactNode
  subtitle?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** The content brings its own edges, as tables do. */
  flush?: boolean
  /** Keeps away from what stands above where that is no panel. */
  spaced?: boolean
}

export function Panel({ title, subtitle, actions, children, flush, spaced }: PanelProps) {
  const hasHeader = title !== undefined || actions !== undefined
  return (
    <section className={classes.panel} data-spaced={spaced}>
      {hasHeader && (
        <header className={classes.header}>
          <div>
            {title && <h2 className={classes.title}>{title}</h2>}
            {subtitle && <p className={classes.subtitle}>{subtitle}</p>}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </header>
      )}
      <div className={classes.body} data-flush={flush ?? false}>
        {children}
      </div>
    </section>
  )
}
