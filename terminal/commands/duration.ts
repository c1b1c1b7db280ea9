const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1_000],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** Milliseconds of a text as `sleep` and `timeout` take it: `10`, `0.5`, `2m`, `infinity`. */
export function duration(text: string): number | undefined {
  if (/^inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY
  const [, digits, unit = ''] = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text) ?? []
  const factor = UNITS.get(unit)
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor
}
