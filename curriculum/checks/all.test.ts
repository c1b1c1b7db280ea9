import { describe, expect, it } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { applyManifest } from '../workspaces.ts'
import { checkSchema } from './index.ts'

const texts = { ko: '가', en: 'a' }
const check = (type: object) =>
  checkSchema.parse({ id: 'one', points: 1, title: texts, why: texts, proof: texts, ...type }).check

const name = { kind: 'Service', paths: ['metadata.name'] }

function cluster() {
  const made = createCluster({ seed: 'all', startTime: Date.UTC(2026, 0, 5, 9) })
  applyManifest(
    made,
    `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: nginx }] } }
`,
  )
  made.settle(30)
  return made
}

describe('all', () => {
  it('has the facts of every part, and says what is not there', () => {
    const both = check({ all: [{ fields: { ...name, name: 'web' } }, { fields: { ...name, name: 'gone' } }] })
    const { facts, exact } = both.observe(cluster())
    expect(facts.map(({ en }) => en)).toEqual([
      'Service web metadata.name: web',
      'no Service "gone" in namespace "default"',
    ])
    expect(exact).toBe(false)
  })

  it('says whose field a value is where several objects are compared', () => {
    const both = check({ all: [{ fields: { ...name, name: 'web' } }, { fields: { ...name, name: 'kubernetes' } }] })
    expect(both.observe(cluster()).facts.map(({ en }) => en)).toEqual([
      'Service web metadata.name: web',
      'Service kubernetes metadata.name: kubernetes',
    ])
  })

  it('allows nothing beyond the facts where one of its parts does not', () => {
    const both = check({ all: [{ fields: { ...name, name: 'web' } }, { endpoints: { service: 'web' } }] })
    const { facts, exact } = both.observe(cluster())
    expect(facts.map(({ en }) => en)).toEqual(['metadata.name: web', 'Deployment web ×3'])
    expect(exact).toBe(true)
  })

  it('fills variables into its parts and has a Pod where each of them needs one', () => {
    const from = { from: 'pod', to: { url: 'http://web/' } }
    const both = check({ all: [{ traffic: { ...from, namespace: 'NS' } }, { traffic: from }] })
    const fill = <T>(value: T): T => JSON.parse(JSON.stringify(value).replace('NS', 'shop'))
    expect(both.with(fill).probeNamespaces).toEqual(['shop', 'default'])
  })

  it('is refused with a single part or an unknown one', () => {
    expect(() => check({ all: [{ endpoints: { service: 'web' } }] })).toThrow()
    expect(() => check({ all: [{ endpoints: { service: 'web' } }, { colour: {} }] })).toThrow(/exactly one of/)
  })
})

describe('endpoints with share', () => {
  it('tells which part of the requests each workload gets', () => {
    const made = cluster()
    applyManifest(
      made,
      `{apiVersion: v1, kind: Pod, metadata: {name: lone, labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}`,
    )
    made.settle(30)
    const of = (options: object) => check({ endpoints: { service: 'web', ...options } }).observe(made).facts
    expect(of({ share: true }).map(({ ko }) => ko)).toEqual(['Deployment web: 75%', 'Pod lone: 25%'])
    expect(of({}).map(({ ko }) => ko)).toEqual(['Deployment web ×3', 'Pod lone'])
  })
})

describe('traffic with samePod', () => {
  const check12 = check({
    traffic: { from: 'node01', to: { clusterIP: 'web', port: 80 }, times: 12, samePod: true },
  })

  it('tells one Pod from several', () => {
    const made = cluster()
    expect(check12.observe(made).facts[0]?.en).toMatch(/: 200 Deployment web, several Pods$/)
    const affinity = { spec: { sessionAffinity: 'ClientIP' } }
    made.request({
      method: 'PATCH',
      path: '/api/v1/namespaces/default/services/web',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify(affinity),
    })
    made.settle(5)
    expect(check12.observe(made).facts[0]?.en).toMatch(/: 200 Deployment web, the same Pod every time$/)
  })
})
