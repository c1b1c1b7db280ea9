const FACTORS: { readonly [suffix: string]: number } = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** The number a resource quantity means (`500m`, `2Gi`); undefined if the text is none. */
export function quantityValue(text: string): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkKMGTPE]i?|[KMGTPE]i))?$/.exec(text)
  if (!match) return undefined
  const factor = match[2] ? Number(`1${match[2]}`) : FACTORS[match[3] ?? '']
  return factor === undefined ? undefined : Number(match[1]) * factor
}
