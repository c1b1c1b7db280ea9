/**
 * One object is no younger than another: it is still the one of the start, not a copy made later. To the second, as
 * creation times are.
 */
import { z } from 'zod'
import type { Cluster } from '../../emulator/index.ts'
import { defineCheck, notFound, type Observation } from './check.ts'
import { readObject } from './read.ts'

const object = { kind: z.string(), name: z.string() }
const options = z.strictObject({
  ...object,
  namespace: z.string().default('default'),
  /** In the same namespace, and there from the start. */
  than: z.strictObject(object),
})

export const noYounger = defineCheck({
  name: 'no-younger',
  options,
  observe({ kind, name, namespace, than }, cluster: Cluster): Observation {
    const born = (of: { readonly kind: string; readonly name: string }): string | undefined =>
      readObject(cluster, of.kind, namespace, of.name)?.metadata?.creationTimestamp
    const [own, other] = [born({ kind, name }), born(than)]
    if (own === undefined) return { facts: [], absent: notFound(kind, name, namespace) }
    if (other === undefined) return { facts: [], absent: notFound(than.kind, than.name, namespace) }
    const isOld = Date.parse(own) <= Date.parse(other)
    return {
      facts: [
        {
          ko: `${kind} ${name}: ${isOld ? '처음부터 있던 것' : '나중에 새로 만든 것'}`,
          en: `${kind} ${name}: ${isOld ? 'there from the start' : 'made anew since then'}`,
        },
      ],
    }
  },
})
