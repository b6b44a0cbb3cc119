import classes from './ProjectMark.module.css'

const HUES = [262, 205, 162, 32, 342, 92] as const

/** The same name always gets the same colour, so that projects are told apart at a glance. */
function hueOf(name: string): number {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return HUES[sum % HUES.length] ?? HUES[0]
}

/** A whole first character, also where it takes two code units. */
const initialOf = (name: string): string =>
  String.fromCodePoint(name.trim().codePointAt(0) ?? 0xb7).toUpperCase()

interface ProjectMarkProps {
  name: string
  size?: number
}

export function ProjectMark({ name, size = 26 }: ProjectMarkProps) {
  const style = { '--hue': hueOf(name), width: size, height: size, fontSize: size * 0.46 }
  return (
    <span className={classes.mark} style={style} aria-hidden>
      {initialOf(name)}
    </span>
  )
}
