import { useId } from 'react'

interface SparklineProps {
  values: readonly (number | null)[]
  width?: number
  height?: number
}

interface Point {
  x: number
  y: number
}

function points(values: readonly (number | null)[], width: number, height: number): Point[] {
  const known = values.filter((value): value is number => value !== null)
  const top = Math.max(...known)
  const bottom = Math.min(...known, 0)
  const span = top - bottom || 1
  const step = width / Math.max(values.length - 1, 1)
  return values.flatMap((value, index) =>
    value === null ? [] : [{ x: index * step, y: 2 + (1 - (value - bottom) / span) * (height - 4) }]
  )
}

const path = (line: readonly Point[]): string =>
  line.map(({ x, y }, index) => `${index ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')

/** The shape of a series without axes; the figures stand elsewhere, so it is hidden from readers. */
export function Sparkline({ values, width = 120, height = 32 }: SparklineProps) {
  const fill = useId()
  const line = points(values, width, height)
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last || line.length < 2) return <svg width="100%" height={height} aria-hidden />
  return (
    <svg
      width="100%"
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      style={{ display: 'block', overflow: 'visible' }}
      aria-hidden
    >
      <linearGradient id={fill} x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stopColor="var(--af-series)" stopOpacity="0.18" />
        <stop offset="1" stopColor="var(--af-series)" stopOpacity="0" />
      </linearGradient>
      <path
        d={`${path(line)}L${last.x.toFixed(1)} ${height}L${first.x.toFixed(1)} ${height}Z`}
        fill={`url(#${fill})`}
      />
      <path
        d={path(line)}
        fill="none"
        stroke="var(--af-series)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
