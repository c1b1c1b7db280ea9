import type { EtcdEntry } from '../../../emulator/index.ts'

/** As go-humanize prints bytes: two digits below ten. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  for (; value >= 1000 && unit < units.length - 1; unit += 1) value /= 1000
  const shown = value < 10 && unit > 0 ? value.toFixed(1) : String(Math.round(value))
  return `${shown} ${units[unit]}`
}

/** What a database of these keys takes on a disk: pages of older revisions are not given back. */
export function databaseSize(entries: readonly EtcdEntry[]): number {
  const keys = entries.reduce((sum, { key }) => sum + key.length, 0)
  return 1_900_000 + keys * 40
}
