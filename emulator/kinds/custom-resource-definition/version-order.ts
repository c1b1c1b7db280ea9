/** Versions as discovery prefers them: v2 before v1 before v1beta2 before v1alpha1 (upstream: apimachinery/pkg/version, CompareKubeAwareVersionStrings). */
export function byVersionPriority(a: string, b: string): number {
  const left = parse(a)
  const right = parse(b)
  if (!left || !right) return left ? -1 : right ? 1 : a < b ? -1 : a > b ? 1 : 0
  for (const part of ['stability', 'major', 'minor'] as const)
    if (left[part] !== right[part]) return right[part] - left[part]
  return 0
}

const STABILITY = { alpha: 0, beta: 1, '': 2 } as const

function parse(version: string) {
  const match = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(version)
  if (!match) return undefined
  const kind = match[2] === 'alpha' || match[2] === 'beta' ? match[2] : ''
  return { stability: STABILITY[kind], major: Number(match[1]), minor: Number(match[3] ?? 0) }
}
