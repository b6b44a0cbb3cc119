import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Note.module.css'

interface NoteProps {
  icon: Icon
  title?: string
  children: ReactNode
  tone?: 'warn' | 'neutral'
}

/** Something to know before reading on. */
export function Note({ icon: Glyph, title, children, tone = 'neutral' }: NoteProps) {
  return (
    <div className={classes.note} data-tone={tone} role="note">
      <Glyph size={18} stroke={1.7} aria-hidden />
      <div>
        {title && <b>{title}</b>}
        <div>{children}</div>
      </div>
    </div>
  )
}
