import { describe, expect, it } from 'vitest'
import { createCluster } from '../index.ts'

const here = { kind: 'machine', name: 'controlplane' } as const
const socket = (address: string, port: number) => ({ address, port, answer: () => ({ reply: 'hello' }) })

describe('ports that a process on a machine opens', () => {
  it('answer on the address they were opened on, until they are closed', () => {
    const { network } = createCluster({ seed: 'sockets', startTime: 0 })
    const close = network.listen('controlplane', socket('127.0.0.1', 8080))
    expect(network.connect(here, { address: '127.0.0.1', port: 8080 }).reply).toBe('hello')
    expect(network.connect(here, { address: '192.168.1.2', port: 8080 }).outcome).toBe('refused')
    expect(network.listen('controlplane', socket('0.0.0.0', 8080))).toBeUndefined()
    expect(network.listen('node01', socket('127.0.0.1', 8080))).toBeDefined()
    close?.()
    expect(network.connect(here, { address: '127.0.0.1', port: 8080 }).outcome).toBe('refused')
  })

  it('are reached from other machines on 0.0.0.0, and never take what is taken', () => {
    const { network } = createCluster({ seed: 'sockets', startTime: 0 })
    expect(network.listen('controlplane', socket('0.0.0.0', 22))).toBeUndefined()
    expect(network.listen('controlplane', socket('127.0.0.1', 6443))).toBeUndefined()
    network.listen('controlplane', socket('0.0.0.0', 8080))
    const node = { kind: 'machine', name: 'node01' } as const
    expect(network.connect(node, { address: '192.168.1.2', port: 8080 }).reply).toBe('hello')
  })
})
