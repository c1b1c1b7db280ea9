import type { HttpRequest } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { requestPath } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { apache, apacheError, type Page } from './php-apache.ts'
import { DEBIAN } from './program-sets.ts'
import { decodeReplies, encodeCommands } from './redis/protocol.ts'

const INDEX = `<html ng-app="redis">
  <head>
    <title>Guestbook</title>
  </head>
  <body ng-controller="RedisCtrl">
    <div style="width: 50%; margin-left: 20px">
      <h2>Guestbook</h2>
    </div>
  </body>
</html>
`

/** Sends one command to a Redis by name; a text that is no answer is an exception of PHP's client. */
function ask(process: ContainerProcess, host: string, words: readonly string[]): string | undefined {
  const [address] = process.network.lookup(process.place, host).addresses
  if (address === undefined) return undefined
  const { reply } = process.network.connect(process.place, { address, port: 6379 }, { text: encodeCommands([words]) })
  const [first] = decodeReplies(reply ?? '')
  if (first === undefined || first.kind === 'error') return undefined
  return first.kind === 'bulk' ? first.text : ''
}

/** Writes go to the leader, reads to the followers: `redis-leader` and `redis-follower`, or what the variables name. */
function guestbook(process: ContainerProcess, request: HttpRequest): Page {
  const path = requestPath(request) ?? '/'
  if (path === '/' || path === '/index.html') return { status: 200, body: INDEX }
  if (path !== '/guestbook.php') return apacheError(process, request, 404)
  const query = new Map(
    (request.path.split('?')[1] ?? '').split('&').map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']),
  )
  const fromEnvironment = process.env.get('GET_HOSTS_FROM') === 'env'
  const hostOf = (role: 'leader' | 'follower'): string =>
    (fromEnvironment ? process.env.get(`REDIS_${role.toUpperCase()}_SERVICE_HOST`) : undefined) ?? `redis-${role}`
  const setting = query.get('cmd') === 'set'
  const key = query.get('key') ?? ''
  const words = setting
    ? ['SET', key, decodeURIComponent((query.get('value') ?? '').replace(/%(?![0-9a-f]{2})/gi, '%25'))]
    : ['GET', key]
  const answer = ask(process, hostOf(setting ? 'leader' : 'follower'), words)
  if (answer === undefined) return { status: 500, body: '' }
  return { status: 200, body: setting ? '{"message": "Updated"}' : `{"data": "${answer}"}` }
}

/** The front end of the guestbook tutorial. */
export const guestbookFrontEnd = ['gb-frontend', 'gb-frontend_lua'].map((name) =>
  defineImage({
    repository: `gcr.io/google-samples/${name}`,
    tags: [/^v[3-6]$/],
    sizeBytes: 160_000_000,
    command: ['apache2-foreground'],
    servers: [apache('apache2-foreground', guestbook)],
    programs: [...DEBIAN, 'curl'],
  }),
)
