/** Manifests from the internet (upstream: cli-runtime/pkg/resource/visitor.go, readHttpWithRetries). */
import type { CommandContext } from '../../types.ts'
import { KubectlError } from '../errors.ts'

/** As many as Go's HTTP client follows. */
const MAX_REDIRECTS = 10
const MAX_ATTEMPTS = 3

/** The text at a URL. Throws KubectlError in kubectl's words. */
export function readUrl({ cluster, place }: Pick<CommandContext, 'cluster' | 'place'>, url: string): string {
  let failure = ''
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const answer = get(cluster, place, url)
    if (answer.status === 200) return answer.body
    failure = `unable to read URL ${JSON.stringify(url)}, server reported ${answer.status} ${answer.reason}, status code=${answer.status}`
    if (answer.status < 500) break
  }
  throw new KubectlError(failure)
}

type Where = Pick<CommandContext, 'cluster' | 'place'>

function get(cluster: Where['cluster'], place: Where['place'], url: string) {
  let at = url
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const exchange = cluster.network.fetch(place, at, { headers: [['User-Agent', 'Go-http-client/1.1']] })
    const { response } = exchange
    if (!response) throw unreachable(at, exchange)
    const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
    if (response.status < 301 || response.status > 308 || location === undefined) return response
    at = location
  }
  throw noConnection(`stopped after ${MAX_REDIRECTS} redirects`)
}

const noConnection = (why: string): KubectlError =>
  new KubectlError(`Unable to connect to the server: ${why}`, { bare: true })

type Failed = Pick<ReturnType<Where['cluster']['network']['fetch']>, 'outcome' | 'peer' | 'tlsFailed'>

function unreachable(url: string, { outcome, peer, tlsFailed }: Failed): KubectlError {
  const host = /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? ''
  if (tlsFailed) return noConnection('http: server gave HTTP response to HTTPS client')
  if (outcome === 'unresolved')
    return noConnection(`dial tcp: lookup ${host.replace(/:\d+$/, '')} on 127.0.0.53:53: no such host`)
  if (outcome === 'refused')
    return new KubectlError(
      `The connection to the server ${host} was refused - did you specify the right host or port?`,
      { bare: true },
    )
  return noConnection(`dial tcp ${peer ? `${peer.address}:${peer.port}` : host}: i/o timeout`)
}
