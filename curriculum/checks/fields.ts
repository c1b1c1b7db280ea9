/** Fields of one object have the solution's values. Paths are dotted: `spec.type`. */
import { z } from 'zod'
import type { Cluster } from '../../emulator/index.ts'
import { defineCheck, inBoth, notFound, type Observation } from './check.ts'
import { readObject } from './read.ts'

const options = z.strictObject({
  kind: z.string(),
  name: z.string(),
  namespace: z.string().default('default'),
  paths: z.array(z.string()).min(1),
})

export const fields = defineCheck({
  name: 'fields',
  options,
  observe({ kind, name, namespace, paths }, cluster: Cluster): Observation {
    const object = readObject(cluster, kind, namespace, name)
    const subject = `${kind} ${namespace === 'default' ? name : `${namespace}/${name}`}`
    if (object === undefined) return { subject, facts: [], absent: notFound(kind, name, namespace) }
    return { subject, facts: paths.map((path) => inBoth(`${path}: ${show(valueAt(object, path))}`)) }
  },
})

function valueAt(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), object)
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const show = (value: unknown): string =>
  value === undefined ? '<unset>' : typeof value === 'string' ? value : JSON.stringify(sorted(value))

/** The same value whatever order its keys were written in. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : isRecord(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, one]) => [key, sorted(one)]),
        )
      : value
