import { describe, expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import type { Answer } from '../kubernetes/respond.ts'
import { createAcknowledgements } from './acknowledgements.ts'
import { createOutputBuffer } from './output-buffer.ts'

const configMap = (name: string) => ({
  method: 'POST' as const,
  path: '/api/v1/namespaces/default/configmaps',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }),
})

/** A cluster whose writes reach the database when the test says so. */
function setUp() {
  const buffer = createOutputBuffer(1000)
  const writes: { done(): void; failed(): void }[] = []
  let released = 0
  const acknowledgements = createAcknowledgements(
    createCluster({ seed: 'ack', startTime: Date.UTC(2026, 0, 1) }),
    () => [[1, buffer]],
    () => new Promise((resolve, reject) => writes.push({ done: resolve, failed: () => reject(new Error('no disk')) })),
    () => released++,
  )
  return { acknowledgements, buffer, writes, released: () => released }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('output of a terminal', () => {
  test('is shown up to the oldest write that is not kept yet', async () => {
    const { acknowledgements, buffer, writes, released } = setUp()
    buffer.append('before ')
    acknowledgements.cluster.request(configMap('a'))
    buffer.append('a created ')
    acknowledgements.cluster.request(configMap('b'))
    buffer.append('b created')
    expect(acknowledgements.shownUpTo(buffer)).toBe('before '.length)
    writes[0]?.done()
    await settled()
    expect(acknowledgements.shownUpTo(buffer)).toBe('before a created '.length)
    writes[1]?.done()
    await settled()
    expect(acknowledgements.shownUpTo(buffer)).toBe(buffer.end)
    expect(released()).toBe(2)
  })

  test('waits for nothing after reads, dry runs and refused writes', () => {
    const { acknowledgements, buffer, writes } = setUp()
    acknowledgements.cluster.request({ method: 'GET', path: '/api/v1/pods' })
    acknowledgements.cluster.request({ ...configMap('a'), query: { dryRun: 'All' } })
    acknowledgements.cluster.request(configMap('Not A Name'))
    buffer.append('printed')
    expect(writes).toEqual([])
    expect(acknowledgements.shownUpTo(buffer)).toBe(buffer.end)
  })

  test('is shown after all if the write fails, since a terminal must not fall silent', async () => {
    const { acknowledgements, buffer, writes } = setUp()
    acknowledgements.cluster.request(configMap('a'))
    buffer.append('created')
    writes[0]?.failed()
    await settled()
    expect(acknowledgements.shownUpTo(buffer)).toBe(buffer.end)
  })
})

describe('an answer to a real kubectl', () => {
  const answered = (acknowledgements: ReturnType<typeof setUp>['acknowledgements']) => {
    const got: string[] = []
    const answer: Answer = {
      head: (status) => got.push(String(status)),
      chunk: (text) => got.push(String(text)),
      end: () => got.push('end'),
    }
    const held = acknowledgements.held(answer)
    acknowledgements.cluster.request(configMap('a'))
    held.head(201, {})
    held.chunk('created')
    held.end()
    return got
  }

  test('goes out when the change is kept', async () => {
    const { acknowledgements, writes } = setUp()
    const got = answered(acknowledgements)
    await settled()
    expect(got).toEqual([])
    writes[0]?.done()
    await settled()
    expect(got).toEqual(['201', 'created', 'end'])
  })

  test('is a failure if the change cannot be kept', async () => {
    const { acknowledgements, writes } = setUp()
    const got = answered(acknowledgements)
    writes[0]?.failed()
    await settled()
    expect(got[0]).toBe('500')
    expect(got[1]).toContain('could not be written to the database')
  })
})
