import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCluster } from './cluster.ts'
import type { ApiRequest, Cluster } from './index.ts'
import { kinds } from './kinds/index.ts'
import { wildRequest } from './testing/wild-requests.ts'

const START = Date.UTC(2026, 10, 21)

/** Sends one request; whatever it was, the answer has a form, and a refusal has written nothing. */
function send(cluster: Cluster, request: ApiRequest): void {
  let writes = 0
  const stop = cluster.onChange(() => writes++)
  const answer = cluster.request(request)
  stop()
  if (answer.status >= 400) {
    expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure', code: answer.status })
    expect(writes).toBe(0)
  } else if (answer.stream) {
    answer.stream.subscribe(
      () => {},
      () => {},
    )()
  } else expect(JSON.stringify(answer.body)).toBeDefined()
}

describe('bad input', () => {
  it.each(kinds.map((kind) => [kind.kind, kind] as const))('%s: refused whole or taken whole', (_, kind) => {
    fc.assert(
      fc.property(fc.array(wildRequest(kind), { minLength: 3, maxLength: 8 }), (requests) => {
        const cluster = createCluster({ seed: 'bad input', startTime: START })
        for (const request of requests) send(cluster, request)
        cluster.run(90_000)
      }),
      { numRuns: Number(process.env.FUZZ ?? 12), endOnFailure: true },
    )
  })
})
