/** What names lead to, files with DNS answers, and requests through a load balancer of an installed controller. */
import { describe, expect, it } from 'vitest'
import { type Cluster, createCluster } from '../../emulator/index.ts'
import { applyManifest, prepareCluster } from '../workspaces.ts'
import { fileLookup } from './file-lookup.ts'
import { lookup } from './lookup.ts'
import { traffic } from './traffic.ts'

const START = Date.UTC(2026, 2, 1, 9)
const CLIENT = `{apiVersion: v1, kind: Pod, metadata: {name: slipway-probe, namespace: default}, spec: {containers: [{name: probe, image: busybox, command: [sleep, '3600']}]}}`

const facts = ({ facts }: { readonly facts: readonly { readonly en: string }[] }) => facts.map(({ en }) => en)

function started(): Cluster {
  const cluster = createCluster({ seed: 'lookup', startTime: START })
  applyManifest(cluster, CLIENT)
  cluster.settle(30)
  return cluster
}

describe('lookup', () => {
  it('tells Services, addresses outside and names that do not exist apart', () => {
    const seen = lookup.observe(
      { from: 'pod', namespace: 'default', names: ['kubernetes', 'example.com', 'no-such.default'] },
      started(),
    )
    expect(facts(seen)).toEqual([
      'kubernetes → Service default/kubernetes',
      expect.stringMatching(/^example\.com → [\d.]+$/),
      'no-such.default → NXDOMAIN',
    ])
    expect(seen.hop).toBeDefined()
  })
})

describe('file-lookup', () => {
  const name = 'kubernetes.default.svc.cluster.local'
  const given = { machine: 'controlplane', path: '/root/answer.txt', name }

  it('wants the name and its address in the file', () => {
    const cluster = started()
    expect(fileLookup.observe(given, cluster)).toMatchObject({ facts: [], absent: { en: expect.anything() } })
    const files = cluster.machine('controlplane')?.files
    files?.write(given.path, `Name: ${name}\nAddress: 10.96.0.1\n`)
    expect(facts(fileLookup.observe(given, cluster))).toEqual([`/root/answer.txt: ${name} and its addresses`])
    files?.write(given.path, `Name: ${name}\nAddress: 10.96.0.2\n`)
    expect(facts(fileLookup.observe(given, cluster))[0]).toContain('10.96.0.2')
  })
})

describe('a workspace with a manifest installed', () => {
  const address =
    'https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.15.1/deploy/static/provider/cloud/deploy.yaml'
  const workspace = (install: readonly string[]) =>
    prepareCluster(
      { blueprint: 'default', machine: 'laptop', user: 'learner', files: {}, manifests: [], install },
      { seed: 'install', startTime: START },
    )

  it('has its controller at a load balancer before the learner comes', () => {
    const through = { service: 'ingress-nginx-controller', namespace: 'ingress-nginx' }
    const to = { url: ['http://a.example.com/x'], through }
    const seen = traffic.observe(
      { from: 'laptop', namespace: 'default', to, times: 1, samePod: false, body: '404 [A-Z]\\w+ \\w+' },
      workspace([address]),
    )
    expect(facts(seen)).toEqual(['laptop → a.example.com/x: 404 “404 Not Found” Deployment ingress-nginx-controller'])
  })

  it('says that a Service has no load balancer address instead of looking for its name', () => {
    const to = { url: 'http://a.example.com/', through: { service: 'kubernetes', namespace: 'default' } }
    const seen = traffic.observe({ from: 'laptop', namespace: 'default', to, times: 1, samePod: false }, workspace([]))
    expect(facts(seen)).toEqual(['laptop → a.example.com/: no load balancer address'])
    expect(seen.hop).toBeUndefined()
  })

  it('shows at https whose certificate it is and who signed it', () => {
    const through = { service: 'ingress-nginx-controller', namespace: 'ingress-nginx' }
    const asked = { from: 'laptop', namespace: 'default', times: 1, samePod: false, certificate: true }
    const seen = (url: string) => facts(traffic.observe({ ...asked, to: { url, through } }, workspace([address])))
    const fake = 'Kubernetes Ingress Controller Fake Certificate'
    expect(seen('https://a.example.com/')).toEqual([
      `laptop → https://a.example.com/: 404 Deployment ingress-nginx-controller, certificate “${fake}”, signed by ${fake}`,
    ])
    expect(seen('http://a.example.com/')).toEqual(['laptop → a.example.com/: 404 Deployment ingress-nginx-controller'])
  })

  it('refuses an address without a manifest', () => {
    expect(() => workspace([address.replace('deploy.yaml', 'none.yaml')])).toThrow('there is no manifest at')
  })
})
