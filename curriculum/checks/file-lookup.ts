/** A file of the learner's holds what the cluster's DNS says about a name. */
import { z } from 'zod'
import type { Cluster } from '../../emulator/index.ts'
import { defineCheck, inBoth, type Observation } from './check.ts'
import { readService } from './read.ts'

const options = z.strictObject({
  machine: z.string(),
  path: z.string().startsWith('/'),
  /** In full, without the dot at its end: `web.shop.svc.cluster.local`. */
  name: z.string(),
})

export const fileLookup = defineCheck({
  name: 'file-lookup',
  options,
  observe({ machine, path, name }, cluster: Cluster): Observation {
    const text = cluster.machine(machine)?.files.read(path)
    if (text === undefined)
      return { facts: [], absent: { ko: `${machine}에 ${path} 파일 없음`, en: `no file ${path} on ${machine}` } }
    const place = { kind: 'machine', name: machine } as const
    const dns = readService(cluster, 'kube-system', 'kube-dns')?.spec?.clusterIP
    const addresses = cluster.network
      .query(place, { name, type: 'A' }, dns)
      .answers.filter(({ type }) => type === 'A')
      .map(({ data }) => data)
    const held = addresses.length > 0 && [name, ...addresses].every((part) => text.includes(part))
    if (!held) return { facts: [inBoth(text.trim())] }
    return { facts: [{ ko: `${path}: ${name} 이름과 그 주소`, en: `${path}: ${name} and its addresses` }] }
  },
})
