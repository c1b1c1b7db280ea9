/** Quantities and versions (upstream: apiserver/pkg/cel/library/quantity.go, semverlib.go). */
import type { Environment } from '@marcbachmann/cel-js'
import { formatQuantity, parseQuantity } from '../quantity.ts'

const NANO = 1_000_000_000n

class CelQuantity {
  readonly nano: bigint
  readonly format: NonNullable<ReturnType<typeof parseQuantity>>['format']
  constructor(nano: bigint, format: CelQuantity['format']) {
    this.nano = nano
    this.format = format
  }
  toString(): string {
    return formatQuantity(this)
  }
}

function quantity(text: string): CelQuantity {
  const parsed = parseQuantity(text)
  if (!parsed)
    throw new Error("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
  return new CelQuantity(parsed.nano, parsed.format)
}

const whole = (value: CelQuantity): bigint => {
  if (value.nano % NANO !== 0n) throw new Error('cannot convert value to integer')
  return value.nano / NANO
}

const order = (a: bigint, b: bigint): bigint => (a < b ? -1n : a > b ? 1n : 0n)

export function registerAmounts(environment: Environment): void {
  const type = 'kubernetes.Quantity'
  const plus = (a: CelQuantity, nano: bigint): CelQuantity => new CelQuantity(a.nano + nano, a.format)
  environment
    .registerType(type, CelQuantity)
    .registerFunction(`quantity(string): ${type}`, quantity)
    .registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined)
    .registerFunction(`${type}.sign(): int`, (a: CelQuantity) => order(a.nano, 0n))
    .registerFunction(`${type}.isInteger(): bool`, (a: CelQuantity) => a.nano % NANO === 0n)
    .registerFunction(`${type}.asInteger(): int`, whole)
    .registerFunction(`${type}.asApproximateFloat(): double`, (a: CelQuantity) => Number(a.nano) / Number(NANO))
    .registerFunction(`${type}.add(${type}): ${type}`, (a: CelQuantity, b: CelQuantity) => plus(a, b.nano))
    .registerFunction(`${type}.add(int): ${type}`, (a: CelQuantity, b: bigint) => plus(a, b * NANO))
    .registerFunction(`${type}.sub(${type}): ${type}`, (a: CelQuantity, b: CelQuantity) => plus(a, -b.nano))
    .registerFunction(`${type}.sub(int): ${type}`, (a: CelQuantity, b: bigint) => plus(a, -b * NANO))
    .registerFunction(`${type}.isGreaterThan(${type}): bool`, (a: CelQuantity, b: CelQuantity) => a.nano > b.nano)
    .registerFunction(`${type}.isLessThan(${type}): bool`, (a: CelQuantity, b: CelQuantity) => a.nano < b.nano)
    .registerFunction(`${type}.compareTo(${type}): int`, (a: CelQuantity, b: CelQuantity) => order(a.nano, b.nano))
    .registerOperator(`${type} == ${type}`, (a: CelQuantity, b: CelQuantity) => a.nano === b.nano)
  registerVersions(environment)
}

const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/

class CelSemver {
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint]
  readonly pre: readonly string[]
  constructor(major: string, minor: string, patch: string, pre: string | undefined) {
    this.numbers = [BigInt(major), BigInt(minor), BigInt(patch)]
    this.pre = pre === undefined ? [] : pre.split('.')
  }
}

/** `v1.02` as `1.2.0` where asked for. */
function normalized(text: string): string {
  const [, core = '', rest = ''] = /^v?([0-9.]*)(.*)$/s.exec(text) ?? []
  const parts = core.split('.').map((part) => part.replace(/^0+(?=\d)/, ''))
  while (parts.length < 3) parts.push('0')
  return parts.join('.') + rest
}

function parseSemver(text: string, normalize: boolean): CelSemver | undefined {
  const [, major, minor, patch, pre] = SEMVER.exec(normalize ? normalized(text) : text) ?? []
  return major === undefined || minor === undefined || patch === undefined
    ? undefined
    : new CelSemver(major, minor, patch, pre)
}

function semver(text: string, normalize = false): CelSemver {
  const parsed = parseSemver(text, normalize)
  if (!parsed) throw new Error('No Major.Minor.Patch elements found')
  return parsed
}

function compareVersions(a: CelSemver, b: CelSemver): bigint {
  for (const [index, number] of a.numbers.entries()) {
    const result = order(number, b.numbers[index] ?? 0n)
    if (result !== 0n) return result
  }
  if (a.pre.length === 0 || b.pre.length === 0) return order(BigInt(b.pre.length), BigInt(a.pre.length))
  for (let index = 0; index < Math.max(a.pre.length, b.pre.length); index++) {
    const result = comparePart(a.pre[index], b.pre[index])
    if (result !== 0n) return result
  }
  return 0n
}

function comparePart(a: string | undefined, b: string | undefined): bigint {
  if (a === undefined || b === undefined) return a === b ? 0n : a === undefined ? -1n : 1n
  const [number, other] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (number && other) return order(BigInt(a), BigInt(b))
  if (number !== other) return number ? -1n : 1n
  return a < b ? -1n : a > b ? 1n : 0n
}

function registerVersions(environment: Environment): void {
  const type = 'kubernetes.Semver'
  environment
    .registerType(type, CelSemver)
    .registerFunction(`semver(string): ${type}`, (text: string) => semver(text))
    .registerFunction(`semver(string, bool): ${type}`, semver)
    .registerFunction('isSemver(string): bool', (text: string) => parseSemver(text, false) !== undefined)
    .registerFunction(
      'isSemver(string, bool): bool',
      (text: string, normalize: boolean) => parseSemver(text, normalize) !== undefined,
    )
    .registerFunction(`${type}.major(): int`, (a: CelSemver) => a.numbers[0])
    .registerFunction(`${type}.minor(): int`, (a: CelSemver) => a.numbers[1])
    .registerFunction(`${type}.patch(): int`, (a: CelSemver) => a.numbers[2])
    .registerFunction(
      `${type}.isGreaterThan(${type}): bool`,
      (a: CelSemver, b: CelSemver) => compareVersions(a, b) > 0n,
    )
    .registerFunction(`${type}.isLessThan(${type}): bool`, (a: CelSemver, b: CelSemver) => compareVersions(a, b) < 0n)
    .registerFunction(`${type}.compareTo(${type}): int`, compareVersions)
    .registerOperator(`${type} == ${type}`, (a: CelSemver, b: CelSemver) => compareVersions(a, b) === 0n)
}
