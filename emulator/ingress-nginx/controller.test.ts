import { describe, expect, it } from 'vitest'
import { restoreCluster } from '../cluster.ts'
import type { CoreV1Event, Ingress, Pod, Service } from '../generated/types.ts'
import { paths, testCluster } from '../testing/test-cluster.ts'
import {
  application,
  applyManifest,
  INGRESSES,
  type Installed,
  installed,
  LAPTOP,
  manifest,
  route,
} from './testing/installed.ts'

const PODS = '/api/v1/namespaces/ingress-nginx/pods'
const SERVICE = '/api/v1/namespaces/ingress-nginx/services/ingress-nginx-controller'
const spec = { rules: [{ host: 'shop.example', http: { paths: [route('/', 'web')] } }] }
const addressOf = (made: Installed, name = 'shop') =>
  made.get<Ingress>(`${INGRESSES}/${name}`).status?.loadBalancer?.ingress
const controllerPod = (made: Pick<Installed, 'list'>): Pod | undefined =>
  made.list<Pod>(PODS).find(({ metadata }) => metadata?.name?.startsWith('ingress-nginx-controller'))

describe('an installed Ingress controller', () => {
  it('comes up by its manifest: Jobs make the certificate of its webhook, its Pod becomes ready', () => {
    const made = installed('cloud', '1.10.1')
    const phaseOf = (job: string) =>
      made.list<Pod>(PODS).find(({ metadata }) => metadata?.labels?.['job-name'] === job)?.status?.phase
    expect(phaseOf('ingress-nginx-admission-create')).toBe('Succeeded')
    expect(phaseOf('ingress-nginx-admission-patch')).toBe('Succeeded')
    const ready = controllerPod(made)?.status?.conditions?.find(({ type }) => type === 'Ready')?.status
    expect(ready).toBe('True')
  })

  it('publishes the address of its load balancer, and records that it took the Ingress up', () => {
    const made = installed()
    made.ingress('shop', spec)
    expect(addressOf(made)).toEqual([{ ip: '192.168.1.240' }])
    expect(made.events('shop')).toEqual(['Sync: Scheduled for sync'])
    expect(made.cluster.nextEventAt()).toBeUndefined()
  })

  it('publishes the nodes that it runs on when it is reached by node ports, and answers there', () => {
    const made = installed('baremetal')
    made.ingress('shop', spec)
    const node = made.get<{ status: { addresses: { type: string; address: string }[] } }>(
      `${paths.nodes}/${controllerPod(made)?.spec?.nodeName}`,
    )
    expect(addressOf(made)).toEqual([{ ip: node.status.addresses.find(({ type }) => type === 'InternalIP')?.address }])
    const port = made.get<Service>(SERVICE).spec?.ports?.[0]?.nodePort
    const headers = [['Host', 'shop.example']] as const
    const reached = made.cluster.network.fetch(LAPTOP, `http://192.168.1.2:${port}/`, { headers })
    expect(reached.response?.body).toContain('Welcome to nginx!')
    expect(made.cluster.network.fetch(LAPTOP, 'http://192.168.1.2/', { headers }).outcome).toBe('refused')
  })

  it('makes its configuration anew where somebody has spoilt it', () => {
    const made = installed()
    const { metadata } = controllerPod(made) ?? {}
    const container = made.cluster.container('ingress-nginx', metadata?.name ?? '', 'controller')
    container?.files.write('/etc/ingress-controller/configuration.json', '{"servers":null}')
    container?.hangup()
    made.ingress('shop', spec)
    expect(made.events('shop')).toEqual(['Sync: Scheduled for sync'])
    expect(container?.files.read('/etc/ingress-controller/configuration.json')).toContain('shop.example')
  })

  it('listens on the node itself with hostNetwork', () => {
    const made = installed('baremetal')
    const path = '/apis/apps/v1/namespaces/ingress-nginx/deployments/ingress-nginx-controller'
    made.patch(path, { spec: { template: { spec: { hostNetwork: true, nodeName: 'node01' } } } })
    made.settle(400)
    made.ingress('shop', spec)
    const headers = [['Host', 'shop.example']] as const
    const reached = made.cluster.network.fetch(LAPTOP, 'http://192.168.1.3/', { headers })
    expect(reached.response?.body).toContain('Welcome to nginx!')
  })

  it('names in /etc/hosts of the laptop lead to it', () => {
    const made = installed()
    made.ingress('shop', spec)
    made.cluster.machine('laptop')?.files.write('/etc/hosts', `127.0.0.1 localhost\n${made.address} shop.example\n`)
    expect(made.cluster.network.fetch(LAPTOP, 'http://shop.example/').response?.status).toBe(200)
  })

  it('follows changes after a moment, and deleted Ingresses route no more', () => {
    const made = installed()
    made.create(INGRESSES, { metadata: { name: 'shop' }, spec: { ingressClassName: 'nginx', ...spec } })
    expect(made.status('http://shop.example/')).toBe(404)
    made.settle(10)
    expect(made.status('http://shop.example/')).toBe(200)
    made.remove(`${INGRESSES}/shop`)
    made.settle(10)
    expect(made.status('http://shop.example/')).toBe(404)
  })

  it('takes Ingresses of its class, by the field or the old annotation, and leaves others alone', () => {
    const made = installed()
    const named = (name: string, more: object, annotations = {}) =>
      made.create(INGRESSES, {
        metadata: { name, annotations },
        spec: { rules: [{ host: `${name}.example`, http: { paths: [route('/', 'web')] } }], ...more },
      })
    named('none', {})
    named('other', { ingressClassName: 'other' })
    named('old', {}, { 'kubernetes.io/ingress.class': 'nginx' })
    made.settle(10)
    expect(['none', 'other', 'old'].map((name) => made.status(`http://${name}.example/`))).toEqual([404, 404, 200])
    expect(addressOf(made, 'none')).toBeUndefined()
    made.visit('http://none.example/')
    expect(made.codes()).toContain('ingress-of-another-class')
    expect(made.controllerLogs()).toContain(
      'ingress="default/none" error="ingress does not contain a valid IngressClass"',
    )
  })

  it('the default class is given to Ingresses that name none', () => {
    const made = installed()
    made.patch('/apis/networking.k8s.io/v1/ingressclasses/nginx', {
      metadata: { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
    })
    made.create(INGRESSES, { metadata: { name: 'shop' }, spec })
    made.settle(10)
    expect(made.status('http://shop.example/')).toBe(200)
  })

  it('two controllers with two classes each serve their own', () => {
    const made = installed()
    const inNamespace = '/api/v1/namespaces/internal'
    made.create(paths.namespaces, { metadata: { name: 'internal' } })
    made.create('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name: 'internal' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'ingress-nginx' },
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'internal' }],
    })
    made.create('/apis/networking.k8s.io/v1/ingressclasses', {
      metadata: { name: 'internal' },
      spec: { controller: 'example.org/internal' },
    })
    made.create(`${inNamespace}/services`, {
      metadata: { name: 'entry' },
      spec: { type: 'LoadBalancer', selector: { app: 'internal' }, ports: [{ port: 80 }] },
    })
    made.create(`${inNamespace}/pods`, {
      metadata: { name: 'controller', labels: { app: 'internal' } },
      spec: {
        containers: [
          {
            name: 'controller',
            image: 'registry.k8s.io/ingress-nginx/controller:v1.14.0',
            args: [
              '/nginx-ingress-controller',
              '--controller-class=example.org/internal',
              '--ingress-class=internal',
              '--publish-service=internal/entry',
            ],
          },
        ],
      },
    })
    made.settle(60)
    const inner = { rules: [{ host: 'inner.example', http: { paths: [route('/', 'web')] } }] }
    made.ingress('shop', spec)
    made.ingress('inner', { ...inner, ingressClassName: 'internal' })
    expect(addressOf(made)).toEqual([{ ip: '192.168.1.240' }])
    expect(addressOf(made, 'inner')).toEqual([{ ip: '192.168.1.241' }])
    expect(['shop', 'inner'].map((name) => made.status(`http://${name}.example/`))).toEqual([200, 404])
  })

  it('without leave to read Secrets it never becomes ready, and its log says why', () => {
    const made = testCluster()
    const text = manifest('cloud')
      .replace('- pods\n      - secrets\n      - namespaces', '- pods\n      - namespaces')
      .replace(/- pods\n( *)- secrets\n\1- namespaces/, '- pods\n$1- namespaces')
    applyManifest(made.cluster, text)
    made.settle(60)
    const pod = controllerPod(made)
    expect(pod?.status?.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('False')
    const container = made.cluster.container('ingress-nginx', pod?.metadata?.name ?? '', 'controller')
    expect(container?.logs.map(({ text: line }) => line).join('\n')).toContain(
      'secrets is forbidden: User "system:serviceaccount:ingress-nginx:ingress-nginx" cannot list resource "secrets" in API group "" at the cluster scope',
    )
  })

  it('starts once it is given the rights that it lacked', () => {
    const made = testCluster()
    const binding = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/ingress-nginx'
    applyManifest(made.cluster, manifest('cloud'))
    made.remove(binding)
    made.settle(30)
    const ready = () => controllerPod(made)?.status?.conditions?.find(({ type }) => type === 'Ready')?.status
    expect(ready()).toBe('False')
    applyManifest(made.cluster, manifest('cloud'))
    made.cluster.run(60_000)
    expect(ready()).toBe('True')
  })

  it('a controller from before 1.0 finds no v1beta1 and is restarted by its probes', () => {
    const made = testCluster()
    made.create('/api/v1/namespaces', { metadata: { name: 'old' } })
    const probe = { httpGet: { path: '/healthz', port: 10254 }, initialDelaySeconds: 10, periodSeconds: 10 }
    const image = 'quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.30.0'
    made.create('/api/v1/namespaces/old/pods', {
      metadata: { name: 'controller' },
      spec: {
        containers: [
          {
            name: 'controller',
            image,
            args: ['/nginx-ingress-controller'],
            livenessProbe: probe,
            readinessProbe: probe,
          },
        ],
      },
    })
    made.settle(30)
    const logs = made.cluster
      .container('old', 'controller', 'controller')
      ?.logs.map(({ text }) => text)
      .join('\n')
    expect(logs).toContain('Failed to list *v1beta1.Ingress: the server could not find the requested resource')
    made.cluster.run(120_000)
    const pod = made.get<Pod>('/api/v1/namespaces/old/pods/controller')
    expect(pod.status?.containerStatuses?.[0]?.restartCount).toBeGreaterThan(0)
    const events = made.list<CoreV1Event>('/api/v1/namespaces/old/events').map(({ message }) => message)
    expect(events.join('\n')).toContain('Readiness probe failed: HTTP probe failed with statuscode: 500')
  })

  it('its nginx.conf has a server for each host and a location for each path', () => {
    const made = installed()
    made.ingress('shop', spec, { 'rewrite-target': '/index.html' })
    const container = made.cluster.container('ingress-nginx', controllerPod(made)?.metadata?.name ?? '', 'controller')
    const conf = container?.files.read('/etc/nginx/nginx.conf') ?? ''
    expect(conf).toContain('server_name shop.example ;')
    expect(conf).toContain('location ~* "^/" {')
    expect(conf).toContain('rewrite "(?i)/" /index.html break;')
    expect(conf).toContain('set $proxy_upstream_name "default-web-80";')
  })

  it('serves on after a snapshot', () => {
    const made = installed()
    made.ingress('shop', spec)
    const later = restoreCluster(JSON.parse(JSON.stringify(made.cluster.snapshot())))
    const headers = [['Host', 'shop.example']] as const
    expect(later.network.fetch(LAPTOP, `http://${made.address}/`, { headers }).response?.status).toBe(200)
  })

  it('nobody answers while its Pod is not there', () => {
    const made = installed()
    made.ingress('shop', spec)
    application(made, 'more', 'nginx', 80)
    made.patch('/apis/apps/v1/namespaces/ingress-nginx/deployments/ingress-nginx-controller', { spec: { replicas: 0 } })
    made.settle(330)
    expect(made.visit('http://shop.example/').outcome).not.toBe('answered')
    expect(addressOf(made)).toBeUndefined()
  })
})
