import '@mantine/core/styles.layer.css'
import '../theme/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { session } from '../api/session.ts'
import { startI18n } from '../i18n/index.ts'
import { App } from './App.tsx'

/** After an update the files this page was built with are gone: the new page has new ones. */
const RELOADED = 'af.reloaded_at'
const ONCE_MS = 10_000
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0)
  if (Date.now() - last < ONCE_MS) return
  event.preventDefault()
  sessionStorage.setItem(RELOADED, String(Date.now()))
  window.location.reload()
})

await Promise.all([startI18n(), session.load()])

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>
  )
}
