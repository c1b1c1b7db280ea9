import type { ObjectClient } from '../../api/client.ts'
import { pod } from '../pod.ts'
import type { NodePortRange } from './allocate.ts'

const FLAG = '--service-node-port-range='

/** What the API server's static Pod says of node ports, `30000-32767` or `30000+100`; undefined where it says nothing. */
export function nodePortRange(objects: Pick<ObjectClient, 'list'>): NodePortRange | undefined {
  const servers = objects
    .list(pod, { namespace: 'kube-system' })
    .filter(({ metadata }) => metadata?.labels?.component === 'kube-apiserver')
  const words = servers.flatMap(({ spec }) => spec?.containers?.[0]?.command ?? [])
  const text = words.find((word) => word.startsWith(FLAG))?.slice(FLAG.length)
  const [, first = '', mark = '', second = ''] = /^(\d+)(?:([-+])(\d+))?$/.exec(text ?? '') ?? []
  if (first === '') return undefined
  const start = Number(first)
  return { first: start, last: mark === '+' ? start + Number(second) : mark === '-' ? Number(second) : start }
}
