import { expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { applyManifest } from '../workspaces.ts'
import { noYounger } from './no-younger.ts'

const pod = (name: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [{name: web, image: nginx}]}}`
const SERVICE = '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}'

test('a Pod of the start is told from one that came later', () => {
  const cluster = createCluster({ seed: 'age', startTime: Date.UTC(2026, 2, 1, 9) })
  const facts = (name: string) =>
    noYounger
      .observe({ kind: 'Pod', name, namespace: 'default', than: { kind: 'Service', name: 'web' } }, cluster)
      .facts.map(({ en }) => en)
  applyManifest(cluster, pod('first'))
  expect(facts('first')).toEqual([])
  applyManifest(cluster, SERVICE)
  cluster.run(2000)
  applyManifest(cluster, pod('second'))
  expect(facts('first')).toEqual(['Pod first: there from the start'])
  expect(facts('second')).toEqual(['Pod second: made anew since then'])
  expect(facts('third')).toEqual([])
})
