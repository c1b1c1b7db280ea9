/** Resource quantities: `100m`, `1.5Gi`, `2e3` (upstream: apimachinery/pkg/api/resource/quantity.go). */

/** An amount in thousand-millionths (nano), with the notation it was written in. */
export interface Quantity {
  readonly nano: bigint
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent'
}

const NANO = 1_000_000_000n
const BINARY = new Map([
  ['Ki', 10n],
  ['Mi', 20n],
  ['Gi', 30n],
  ['Ti', 40n],
  ['Pi', 50n],
  ['Ei', 60n],
])
const DECIMAL = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
])

/** Reads a quantity; undefined when it is none. Parts below a thousand-millionth are rounded up, as upstream does. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/.exec(text)
  if (!match) return undefined
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match
  if (whole === '' && fraction === '') return undefined
  const digits = BigInt(`${whole}${fraction}` || '0')
  const scaled = scale(digits, fraction.length, suffix)
  return { nano: sign === '-' ? -scaled : scaled, format: notation(suffix) }
}

function notation(suffix: string): Quantity['format'] {
  if (BINARY.has(suffix)) return 'BinarySI'
  return DECIMAL.has(suffix) ? 'DecimalSI' : 'DecimalExponent'
}

function scale(digits: bigint, decimals: number, suffix: string): bigint {
  const shift = BINARY.get(suffix)
  if (shift !== undefined) return divideUp((digits << shift) * NANO, 10n ** BigInt(decimals))
  const exponent = (DECIMAL.get(suffix) ?? Number(suffix.slice(1))) - decimals + 9
  return exponent >= 0 ? digits * 10n ** BigInt(exponent) : divideUp(digits, 10n ** BigInt(-exponent))
}

const divideUp = (value: bigint, by: bigint): bigint => (value + by - 1n) / by

/** The shortest exact writing in the quantity's own notation: `0.5` is `500m`, `1024Mi` is `1Gi`. */
export function formatQuantity({ nano, format }: Quantity): string {
  if (nano === 0n) return '0'
  const sign = nano < 0n ? '-' : ''
  const amount = nano < 0n ? -nano : nano
  if (format === 'BinarySI' && amount >= 1024n * NANO && amount % NANO === 0n) return sign + binaryText(amount / NANO)
  return sign + decimalText(amount, format === 'DecimalExponent')
}

function binaryText(value: bigint): string {
  let suffix = ''
  let rest = value
  for (const next of BINARY.keys()) {
    if (rest % 1024n !== 0n) break
    rest /= 1024n
    suffix = next
  }
  return `${rest}${suffix}`
}

function decimalText(nano: bigint, exponents: boolean): string {
  let rest = nano
  let exponent = -9
  while (rest % 1000n === 0n && exponent < 18) {
    rest /= 1000n
    exponent += 3
  }
  if (exponents) return exponent === 0 ? String(rest) : `${rest}e${exponent}`
  const suffix = [...DECIMAL].find(([, power]) => power === exponent)?.[0] ?? ''
  return `${rest}${suffix}`
}

/** Canonical writing of a quantity, or the text itself when it cannot be read (decoding has refused it before). */
export function canonicalQuantity(text: string | number): string {
  const quantity = parseQuantity(String(text))
  return quantity ? formatQuantity(quantity) : String(text)
}

/** Every value of a resource list in canonical writing. */
export function canonicalQuantities(list: { readonly [name: string]: string }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(list).map(([name, value]) => [name, canonicalQuantity(value)]))
}

/** The sum, written as the first of the two. */
export const addQuantities = (a: Quantity, b: Quantity): Quantity => ({ ...a, nano: a.nano + b.nano })

/** The whole number a quantity stands for, rounded up (upstream: Quantity.Value). */
export const wholeValue = ({ nano }: Quantity): bigint => (nano >= 0n ? divideUp(nano, NANO) : -(-nano / NANO))

/** In thousandths, rounded up (upstream: Quantity.MilliValue). */
export const milliValue = ({ nano }: Quantity): bigint => divideUp(nano, 1_000_000n)
