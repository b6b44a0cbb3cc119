import { useComputedColorScheme } from '@mantine/core'
import { init, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { useEffect, useRef, type RefObject } from 'react'

/**
 * A chart that lives as long as its element, fits it, and shows what it was last given. The option
 * reads its colours from the tokens, so it is made anew when light turns dark.
 */
export function useChart(
  option: () => EChartsCoreOption,
  /** Told the name of what is clicked. */
  onPick?: (name: unknown) => void
): RefObject<HTMLDivElement | null> {
  const scheme = useComputedColorScheme('light')
  const host = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)

  useEffect(() => {
    if (!host.current) return
    const made = init(host.current, null, { renderer: 'svg' })
    chart.current = made
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(host.current)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    chart.current?.setOption(option(), { notMerge: true })
  }, [option, scheme])

  useEffect(() => {
    if (!onPick) return
    const pick = ({ name }: { name?: unknown }) => onPick(name)
    const made = chart.current
    made?.on('click', pick)
    return () => {
      made?.off('click', pick)
    }
  }, [onPick])

  return host
}
