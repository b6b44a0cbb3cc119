import classes from './Integrations.module.css'

/** A sign for a source: the letters its name begins with. */
export function SourceMark({ title }: { title: string }) {
  const letters = title
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0].toUpperCase() ?? '')
    .join('')
  return (
    <span className={classes.mark} aria-hidden>
      {letters}
    </span>
  )
}
