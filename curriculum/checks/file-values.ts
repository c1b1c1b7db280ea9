/** A file of the learner's holds values that can only be read off their own cluster, one a line. */
import { z } from 'zod'
import type { Cluster } from '../../emulator/index.ts'
import type { Localised } from '../types.ts'
import { defineCheck, inBoth, type Observation } from './check.ts'
import { clusterValues, valuesSchema } from './cluster-values.ts'

const options = z.strictObject({
  machine: z.string(),
  path: z.string().startsWith('/'),
  of: valuesSchema,
  /** True where the lines must stand in ascending order, as `sort` or as `sort -V` has it. */
  sorted: z.boolean().default(false),
})

export const fileValues = defineCheck({
  name: 'file-values',
  options,
  observe({ machine, path, of, sorted }, cluster: Cluster): Observation {
    const text = cluster.machine(machine)?.files.read(path)
    if (text === undefined)
      return { facts: [], absent: { ko: `${machine}에 ${path} 파일 없음`, en: `no file ${path} on ${machine}` } }
    const lines = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    const { title, accepts } = clusterValues(cluster, of)
    if (!accepts(lines)) return { facts: [inBoth(lines.join('\n') || `${path}: –`)] }
    if (sorted && !isSorted(lines)) return { facts: [about(path, title), unsorted] }
    return { facts: [about(path, title), ...(sorted ? [inOrder] : [])] }
  },
})

const inOrder: Localised = { ko: '차례대로', en: 'in order' }
const unsorted: Localised = { ko: '차례가 다름', en: 'not in order' }

const about = (path: string, { ko, en }: Localised): Localised => ({ ko: `${path}: ${ko}`, en: `${path}: ${en}` })

function isSorted(lines: readonly string[]): boolean {
  const byNumbers = new Intl.Collator('en', { numeric: true })
  return [(a: string, b: string) => (a < b ? -1 : 1), byNumbers.compare].some(
    (order) => lines.toSorted(order).join('\n') === lines.join('\n'),
  )
}
