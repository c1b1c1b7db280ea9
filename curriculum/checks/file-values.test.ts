import { beforeAll, describe, expect, test } from 'vitest'
import { type Cluster, createCluster, type Kube } from '../../emulator/index.ts'
import { applyManifest } from '../workspaces.ts'
import { valuesSchema } from './cluster-values.ts'
import { fileValues } from './file-values.ts'
import { listObjects, readService } from './read.ts'

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: nginx }] } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ name: http, port: 8080, targetPort: 80 }, { name: more, port: 81 }] }
`
let cluster: Cluster
let addresses: readonly string[]

beforeAll(() => {
  cluster = createCluster({ seed: 'values', startTime: Date.UTC(2026, 2, 1, 9) })
  applyManifest(cluster, MANIFEST)
  cluster.settle(30)
  addresses = listObjects<Kube.Pod>(cluster, 'Pod', 'default', 'app=web').map(({ status }) => status?.podIP ?? '')
})

/** What the check says of a file with this text. */
function seen(of: object, text: string, sorted = false): readonly string[] {
  const path = '/root/answer.txt'
  cluster.machine('node01')?.files.write(path, text)
  const { facts } = fileValues.observe({ machine: 'node01', path, of: valuesSchema.parse(of), sorted }, cluster)
  return facts.map(({ en }) => en)
}

describe('file-values', () => {
  test('a field', () => {
    const of = { field: '{.spec.clusterIP}', kind: 'Service', name: 'web' }
    const right = ['/root/answer.txt: Service web {.spec.clusterIP}']
    expect(seen(of, `${readService(cluster, 'default', 'web')?.spec?.clusterIP}\n`)).toEqual(right)
    expect(seen(of, '10.96.0.1')).toEqual(['10.96.0.1'])
    expect(seen({ ...of, name: 'gone' }, '')).not.toEqual(right)
  })

  test('endpoints, in any order or sorted', () => {
    const of = { endpoints: { service: 'web' } }
    const right = '/root/answer.txt: Service web, endpoints: 3'
    const text = addresses.toSorted().join('\n')
    expect(seen(of, text)).toEqual([right])
    expect(seen(of, addresses.slice(1).join('\n'))).not.toContain(right)
    expect(seen(of, `${text}\n10.244.9.9`)).not.toContain(right)
    expect(seen(of, text, true)).toEqual([right, 'in order'])
    expect(seen(of, addresses.toSorted().reverse().join('\n'), true)).toEqual([right, 'not in order'])
  })

  test('targets of one port', () => {
    const of = { targets: { service: 'web', port: 'http' } }
    expect(seen(of, addresses.map((address) => `${address}:80`).join('\n'))).toHaveLength(1)
    expect(seen(of, addresses.map((address) => `${address}:81`).join('\n'))[0]).toContain(':81')
  })

  test('an answer of a Pod behind a Service', () => {
    const of = { answerOf: { service: 'web' } }
    const pod = listObjects<Kube.Pod>(cluster, 'Pod', 'default', 'app=web')[0]?.metadata?.name
    expect(seen(of, `You've hit ${pod}\n`)).toEqual(['/root/answer.txt: a Pod behind Service web'])
    expect(seen(of, "You've hit somebody\n")).toEqual(["You've hit somebody"])
  })

  test('the chain of a port', () => {
    const of = { chain: { service: 'web', port: 8080, on: 'node01' } }
    const rules = cluster.network.netfilter('node01').flatMap(({ chains }) => chains.flatMap((chain) => chain.rules))
    const chain = (name: string) =>
      rules.find(({ matches }) => matches.some(({ save }) => save.includes(`default/web:${name} cluster IP`)))?.target
    expect(seen(of, `${chain('http')}`)).toEqual(['/root/answer.txt: node01: KUBE-SVC web:8080'])
    expect(seen(of, `${chain('more')}`)).toEqual([chain('more')])
  })

  test('no file', () => {
    const of = valuesSchema.parse({ endpoints: { service: 'web' } })
    const given = { machine: 'node02', path: '/root/answer.txt', of, sorted: false }
    expect(fileValues.observe(given, cluster)).toMatchObject({ facts: [], absent: { en: expect.anything() } })
  })
})
