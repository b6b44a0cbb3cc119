import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { LanguageSwitch } from '../../components/LanguageSwitch.tsx'
import { Logo } from '../../components/Logo.tsx'
import { AuthShowcase } from './AuthShowcase.tsx'
import classes from './AuthLayout.module.css'

interface AuthLayoutProps {
  title: string
  subtitle: string
  children: ReactNode
  footer: ReactNode
}

export function AuthLayout({ title, subtitle, children, footer }: AuthLayoutProps) {
  useDocumentTitle(`${title} · AnalyticaFlow`)
  return (
    <div className={classes.layout}>
      <main className={classes.column}>
        <div className={classes.brand}>
          <Logo size={28} />
          <span>AnalyticaFlow</span>
        </div>
        <div className={classes.form}>
          <h1 className={classes.title}>{title}</h1>
          <p className={classes.subtitle}>{subtitle}</p>
          {children}
          <p className={classes.footer}>{footer}</p>
        </div>
        <LanguageSwitch />
      </main>
      <AuthShowcase />
    </div>
  )
}
