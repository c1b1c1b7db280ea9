import type { Hop, Trace } from './types.ts'

/**
 * The hop that says why a request ended as it did: the last failure, or the answer. Failures before a good answer
 * decided nothing: a proxy tried another server.
 */
export function decidingHop({ hops }: Pick<Trace, 'hops'>): Hop | undefined {
  const last = hops.at(-1)
  const good = last?.code === 'http-answered' && Number(last.params.status) < 400
  return (good ? undefined : hops.findLast(isFailure)) ?? last
}

function isFailure({ verdict }: Hop): boolean {
  return verdict !== 'pass' && verdict !== 'answered'
}
