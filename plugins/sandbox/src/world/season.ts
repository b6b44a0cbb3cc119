/** How busy a day is, relative to an ordinary one on the shop's first day. */
const WEEKDAYS = [1.12, 0.98, 0.95, 0.96, 1.0, 1.02, 0.97]

function feast(month: number, date: number): number {
  if (month === 11 && date >= 20) return 1.75
  if (month === 12 && date <= 18) return 1.5
  if (month === 12) return 0.8
  return 1
}

export function season(day: number, firstDay: number): number {
  const date = new Date(day * 86_400_000)
  const month = date.getUTCMonth() + 1
  const winter = 1 + 0.14 * Math.cos(((month - 1) / 12) * 2 * Math.PI)
  const growth = Math.min(2, 1 + (day - firstDay) / 1500)
  return (WEEKDAYS[date.getUTCDay()] ?? 1) * winter * growth * feast(month, date.getUTCDate())
}
