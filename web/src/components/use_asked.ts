import { useState } from 'react'

/** What a drawer is asked about. It stays after the first question, so that closing can be seen. */
export function useAsked<Subject>() {
  const [asked, setAsked] = useState<Subject | null>(null)
  const [everAsked, setEverAsked] = useState(false)
  return {
    asked,
    everAsked,
    ask: (next: Subject) => {
      setEverAsked(true)
      setAsked(next)
    },
    close: () => setAsked(null),
  }
}
