import type { ApiRequest, ApiResponse, Cluster } from '../../emulator/index.ts'
import type { Answer } from '../kubernetes/respond.ts'
import type { OutputBuffer } from './output-buffer.ts'

/**
 * What may be told of a write: nothing until it is in the database, so that no learner and no kubectl has read "created"
 * of an object that a killed server then forgets.
 */
export interface Acknowledgements {
  /** The same cluster; its writes are noticed. */
  readonly cluster: Cluster
  /** How far a terminal's output may be shown: up to where the oldest write still on its way was made. */
  shownUpTo(buffer: OutputBuffer): number
  /** What these terminals print from now on is shown when the state as it is now is kept. */
  hold(outputs: readonly OutputBuffer[]): void
  /** An answer that goes out when all writes made until now are kept; a failure to keep them goes out instead of it. */
  held(answer: Answer): Answer
}

interface Barrier {
  readonly ends: ReadonlyMap<OutputBuffer, number>
}

/** `keep` writes the state as it is now and resolves when it is durable; `released` is called when more may be shown. */
export function createAcknowledgements(
  plain: Cluster,
  buffers: () => Iterable<readonly [number, OutputBuffer]>,
  keep: () => Promise<void>,
  released: () => void,
): Acknowledgements {
  const barriers: Barrier[] = []
  let kept: Promise<void> = Promise.resolve()
  const hold = (outputs: readonly OutputBuffer[]) => {
    const barrier: Barrier = { ends: new Map(outputs.map((buffer) => [buffer, buffer.end])) }
    barriers.push(barrier)
    kept = keep()
    const lift = () => {
      barriers.splice(barriers.indexOf(barrier), 1)
      released()
    }
    kept.then(lift, lift)
  }
  const request = (asked: ApiRequest): ApiResponse => {
    const answer = plain.request(asked)
    if (isWrite(asked) && answer.status < 300) hold([...buffers()].map(([, buffer]) => buffer))
    return answer
  }
  return {
    cluster: Object.create(plain, { request: { value: request } }),
    shownUpTo: (buffer) => barriers[0]?.ends.get(buffer) ?? buffer.end,
    hold,
    held: (answer) => holding(answer, () => kept),
  }
}

function isWrite({ method, query }: ApiRequest): boolean {
  return method !== 'GET' && query?.dryRun === undefined
}

/** Collects an answer and passes it on when `ready` resolves; if it rejects, a 500 goes out in its place. */
function holding(answer: Answer, ready: () => Promise<void>): Answer {
  const parts: (() => void)[] = []
  const passOn = () => {
    for (const part of parts) part()
  }
  const refuse = () => {
    const message = 'The change could not be written to the database; it may be lost when the server stops.'
    const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'InternalError' }
    answer.head(500, { 'content-type': 'application/json' })
    answer.chunk(`${JSON.stringify({ ...status, code: 500, message })}\n`)
    answer.end()
  }
  return {
    head: (status, headers) => parts.push(() => answer.head(status, headers)),
    chunk: (text) => parts.push(() => answer.chunk(text)),
    end() {
      parts.push(() => answer.end())
      ready().then(passOn, refuse)
    },
  }
}
