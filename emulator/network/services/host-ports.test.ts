import { describe, expect, it } from 'vitest'
import { LAPTOP, NODE01, NODE02, type Scene, scene } from '../testing/scene.ts'

const port = { containerPort: 8080, hostPort: 80 }

function withHostPort(container: object = { ports: [port] }, spec: object = {}): Scene {
  const made = scene()
  made.server('web', { node: 'node01', container, spec })
  made.settle()
  return made
}

describe('a host port', () => {
  it('answers on the node of its Pod for everybody, and on no other', () => {
    const made = withHostPort()
    const client = made.client('client', { node: 'node01' })
    made.settle()
    for (const from of [LAPTOP, NODE01, NODE02, client]) expect(made.answer(from, 'http://192.168.1.3')).toBe('web')
    expect(made.answer(NODE01, 'http://localhost')).toBe('web')
    expect(made.answer(client, 'http://localhost')).toBe('refused')
    expect(made.answer(LAPTOP, 'http://192.168.1.4')).toBe('refused')
  })

  it("shows the client's own address, and says where the packet went", () => {
    const made = withHostPort()
    expect(made.sourceSeen(LAPTOP, 'http://192.168.1.3')).toBe('192.168.1.10')
    expect(made.codes()).toContain('matched-host-port')
  })

  it('is of one protocol and, with hostIP, of one address', () => {
    const made = withHostPort({
      ports: [
        { ...port, hostIP: '127.0.0.1' },
        { containerPort: 8081, hostPort: 53, protocol: 'UDP' },
      ],
    })
    expect(made.answer(LAPTOP, 'http://192.168.1.3')).toBe('refused')
    expect(made.answer(NODE01, 'http://127.0.0.1')).toBe('web')
    expect(made.send(LAPTOP, '192.168.1.3', 53, 'UDP').reply).toBe('web')
    expect(made.send(LAPTOP, '192.168.1.3', 53, 'TCP').outcome).toBe('refused')
  })

  it('ends with its Pod, and comes after node ports', () => {
    const made = withHostPort({ ports: [{ containerPort: 8080, hostPort: 30080 }] })
    made.server('behind', { labels: { app: 'behind' } })
    const ports = [{ port: 80, targetPort: 8080, nodePort: 30080 }]
    made.service('behind', { type: 'NodePort', selector: { app: 'behind' }, ports })
    expect(made.answer(LAPTOP, 'http://192.168.1.3:30080')).toBe('behind')
    const other = withHostPort()
    other.remove('/api/v1/namespaces/default/pods/web')
    other.settle()
    expect(other.answer(LAPTOP, 'http://192.168.1.3')).toBe('refused')
  })
})
