import { lazy, Suspense, useState } from 'react'
import { useToasts } from './toast.ts'
import classes from './Toasts.module.css'

const Toasts = lazy(() => import('./Toasts.tsx'))

/** Where toasts are announced. It stands from the start, as screen readers want; they come later. */
export function ToastRegion() {
  const toasts = useToasts()
  const [ever, setEver] = useState(false)
  if (toasts.length > 0 && !ever) setEver(true)
  return (
    <div className={classes.root} role="status" aria-live="polite">
      <Suspense>{ever && <Toasts />}</Suspense>
    </div>
  )
}
