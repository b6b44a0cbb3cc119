import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import classes from './Page.module.css'

interface PageProps {
  title: string
  subtitle?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** Reading width for forms; full width for tables and charts. */
  narrow?: boolean
}

export function Page({ title, subtitle, actions, children, narrow = false }: PageProps) {
  useDocumentTitle(`${title} · AnalyticaFlow`)
  return (
    <div className={classes.page} data-narrow={narrow}>
      <header className={classes.header}>
        <div className={classes.heading}>
          <h1 className={classes.title}>{title}</h1>
          {subtitle && <div className={classes.subtitle}>{subtitle}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}
