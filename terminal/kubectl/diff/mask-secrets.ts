import type { KubeObject } from '../../../emulator/index.ts'

type Data = { readonly [key: string]: string }
type Secret = KubeObject & { readonly data?: Data }

const MASK = '***'

/** Both versions of a Secret with stars for what it holds; where values differ the stars say so (upstream: diff.go, Masker). */
export function masked(
  from: KubeObject | undefined,
  to: KubeObject | undefined,
): readonly [KubeObject | undefined, KubeObject | undefined] {
  const [before, after] = [dataOf(from), dataOf(to)]
  const differs = (key: string) => key in before && key in after && before[key] !== after[key]
  const hide = (object: KubeObject | undefined, data: Data, when: string) => {
    if (!object || !('data' in object)) return object
    const hidden = Object.keys(data).map((key) => [key, differs(key) ? `${MASK} (${when})` : MASK] as const)
    return { ...object, data: Object.fromEntries(hidden) } as KubeObject
  }
  return [hide(from, before, 'before'), hide(to, after, 'after')]
}

const dataOf = (object: KubeObject | undefined): Data => (object as Secret | undefined)?.data ?? {}
