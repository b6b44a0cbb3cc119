import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { RunError } from '../../api/types.ts'
import { Note } from '../../components/Note.tsx'
import { useTroubleText } from './trouble_text.ts'
import classes from './Integrations.module.css'

interface TroubleNoteProps {
  error: Pick<RunError, 'code' | 'message'>
  children?: ReactNode
}

/** What is wrong, what to do, and what the source says. */
export function TroubleNote({ error, children }: TroubleNoteProps) {
  const { title, advice, detail } = useTroubleText()(error)
  return (
    <div role="alert">
      <Note icon={IconAlertTriangle} title={title} tone="warn">
        {advice}
        {detail !== '' && <p className={classes.detail}>{detail}</p>}
        {children}
      </Note>
    </div>
  )
}
