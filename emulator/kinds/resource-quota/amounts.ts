import { formatQuantity, parseQuantity, type Quantity } from '../../api/quantity.ts'
import { byBytes } from '../format/labels.ts'

/** Amounts by the name of what is measured (upstream: apiserver/pkg/quota/v1/resources.go). */
export type Amounts = ReadonlyMap<string, Quantity>

export const one: Quantity = { nano: 1_000_000_000n, format: 'DecimalSI' }
const nothing: Quantity = { nano: 0n, format: 'DecimalSI' }

export const amountOf = (text: string | undefined): Quantity => parseQuantity(text ?? '0') ?? nothing

export const amountsOf = (list: { readonly [name: string]: string } | undefined): Amounts =>
  new Map(Object.entries(list ?? {}).map(([name, text]) => [name, amountOf(text)]))

/** A sum is written as its first part is, unless that is nothing (upstream: Quantity.Add). */
export const plus = (a: Quantity, b: Quantity): Quantity => ({
  nano: a.nano + b.nano,
  format: a.nano === 0n ? b.format : a.format,
})

export function sum(a: Amounts, b: Amounts): Amounts {
  const names = new Set([...a.keys(), ...b.keys()])
  return new Map([...names].map((name) => [name, plus(a.get(name) ?? nothing, b.get(name) ?? nothing)]))
}

/** What `a` has beyond `b`, never less than nothing. */
export function excess(a: Amounts, b: Amounts): Amounts {
  const rest = (name: string, { nano, format }: Quantity): Quantity => {
    const left = nano - (b.get(name)?.nano ?? 0n)
    return { nano: left > 0n ? left : 0n, format }
  }
  return new Map([...a].map(([name, amount]) => [name, rest(name, amount)]))
}

export const masked = (amounts: Amounts, wanted: (name: string) => boolean): Amounts =>
  new Map([...amounts].filter(([name]) => wanted(name)))

/** `pods=1,requests.cpu=500m` */
export const amountsText = (amounts: Amounts): string =>
  [...amounts]
    .sort(([a], [b]) => byBytes(a, b))
    .map(([name, amount]) => `${name}=${formatQuantity(amount)}`)
    .join(',')

export const toList = (amounts: Amounts): { readonly [name: string]: string } =>
  Object.fromEntries(
    [...amounts].sort(([a], [b]) => byBytes(a, b)).map(([name, amount]) => [name, formatQuantity(amount)]),
  )
