import { describe, expect, it } from 'vitest'
import { paths } from '../../testing/test-cluster.ts'
import { PORT, type Scene, scene } from '../testing/scene.ts'

function environment(made: Scene, name: string, namespace = 'default'): { readonly [key: string]: string } {
  made.settle()
  return Object.fromEntries(made.cluster.container(namespace, name, 'main')?.env ?? [])
}

describe('Services in the environment of a Pod', () => {
  it('have host and port, by number and by name, and the variables of docker links', () => {
    const made = scene()
    made.service('kubia', {
      clusterIP: '10.96.5.5',
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'dns-tcp', port: 53, protocol: 'UDP' },
      ],
    })
    made.client('client')
    expect(environment(made, 'client')).toMatchObject({
      KUBIA_SERVICE_HOST: '10.96.5.5',
      KUBIA_SERVICE_PORT: '80',
      KUBIA_SERVICE_PORT_HTTP: '80',
      KUBIA_SERVICE_PORT_DNS_TCP: '53',
      KUBIA_PORT: 'tcp://10.96.5.5:80',
      KUBIA_PORT_80_TCP: 'tcp://10.96.5.5:80',
      KUBIA_PORT_80_TCP_PROTO: 'tcp',
      KUBIA_PORT_80_TCP_PORT: '80',
      KUBIA_PORT_80_TCP_ADDR: '10.96.5.5',
      KUBIA_PORT_53_UDP: 'udp://10.96.5.5:53',
      KUBIA_PORT_53_UDP_PROTO: 'udp',
    })
  })

  it('are those that were there when the container started; a restart finds later ones', () => {
    const made = scene()
    made.client('client', { container: { command: ['sh', '-c', 'sleep 100; exit 1'] } })
    made.settle()
    made.service('late', { ports: [PORT] })
    expect(environment(made, 'client')).not.toHaveProperty('LATE_SERVICE_HOST')
    made.cluster.run(120_000)
    expect(environment(made, 'client')).toHaveProperty('LATE_SERVICE_HOST')
  })

  it('are those of its own namespace and kubernetes, those with a cluster IP alone', () => {
    const made = scene()
    made.create(paths.namespaces, { metadata: { name: 'shop' } })
    made.service('web', { ports: [PORT] })
    made.service('headless', { clusterIP: 'None', ports: [PORT] })
    made.service('out', { type: 'ExternalName', externalName: 'example.com', selector: null })
    made.client('client', { namespace: 'shop' })
    made.client('client')
    expect(environment(made, 'client', 'shop')).not.toHaveProperty('WEB_SERVICE_HOST')
    expect(environment(made, 'client', 'shop')).toHaveProperty('KUBERNETES_SERVICE_HOST', '10.96.0.1')
    expect(environment(made, 'client')).toHaveProperty('WEB_SERVICE_HOST')
    for (const name of ['HEADLESS_SERVICE_HOST', 'OUT_SERVICE_HOST'])
      expect(environment(made, 'client')).not.toHaveProperty(name)
  })

  it('are left out by enableServiceLinks: false, but for kubernetes; names with dashes get underscores', () => {
    const made = scene()
    made.service('my-web', { ports: [PORT] })
    made.client('linked')
    made.client('plain', { spec: { enableServiceLinks: false } })
    expect(environment(made, 'linked')).toHaveProperty('MY_WEB_SERVICE_HOST')
    expect(environment(made, 'plain')).not.toHaveProperty('MY_WEB_SERVICE_HOST')
    expect(environment(made, 'plain')).toHaveProperty('KUBERNETES_PORT_443_TCP_ADDR', '10.96.0.1')
  })

  it("yield to the Pod's own variables, which may refer to them", () => {
    const made = scene()
    made.service('web', { clusterIP: '10.96.5.6', ports: [PORT] })
    const env = [
      { name: 'WEB_SERVICE_PORT', value: '1' },
      { name: 'URL', value: 'http://$(WEB_SERVICE_HOST):$(WEB_SERVICE_PORT)/' },
    ]
    made.client('client', { container: { env } })
    expect(environment(made, 'client')).toMatchObject({ WEB_SERVICE_PORT: '1', URL: 'http://10.96.5.6:1/' })
  })
})
