import { useState } from 'react'
import type { Explained } from './explanation.ts'

/** The figure asked about. The drawer stays after the first question, so that closing it can be seen. */
export function useExplained() {
  const [explained, setExplained] = useState<Explained | null>(null)
  const [everAsked, setEverAsked] = useState(false)
  return {
    explained,
    everAsked,
    explain: (next: Explained) => {
      setEverAsked(true)
      setExplained(next)
    },
    close: () => setExplained(null),
  }
}
