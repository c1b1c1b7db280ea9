import type { HttpRequest } from '../network/types.ts'
import { defineImage, type ImageDefinition } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { ALPINE } from './program-sets.ts'
import { httpServer } from './servers.ts'

interface Client {
  readonly address: string
}

const headerLines = ({ host, headers }: HttpRequest): readonly string[] =>
  [['host', host] as const, ...headers.filter(([name]) => name.toLowerCase() !== 'host')]
    .map(([name, value]) => `${name.toLowerCase()}=${value}`)
    .sort()

const targetOf = ({ path }: HttpRequest): readonly [path: string, query: string] => [
  path.split('?')[0] ?? '/',
  path.split('?').slice(1).join('?'),
]

/** What 1.10 and later say: the Pod, the server, the request, its headers and its body. */
function page(process: ContainerProcess, request: HttpRequest, { address }: Client): string {
  const [path, query] = targetOf(request)
  const own = [
    ['node name', 'NODE_NAME'],
    ['pod name', 'POD_NAME'],
    ['pod namespace', 'POD_NAMESPACE'],
    ['pod IP', 'POD_IP'],
  ].flatMap(([label, name = '']) => (process.env.has(name) ? [`\t${label}:\t${process.env.get(name)}`] : []))
  return [
    '',
    '',
    `Hostname: ${process.hostname}`,
    '',
    'Pod Information:',
    ...(own.length > 0 ? own : ['\t-no pod information available-']),
    '',
    'Server values:',
    '\tserver_version=nginx: 1.14.2 - lua: 10015',
    '',
    'Request Information:',
    `\tclient_address=${address}`,
    `\tmethod=${request.method}`,
    `\treal path=${request.path}`,
    `\tquery=${query}`,
    '\trequest_version=1.1',
    '\trequest_scheme=http',
    `\trequest_uri=http://${request.host.replace(/:\d+$/, '')}:8080${path}${query === '' ? '' : `?${query}`}`,
    '',
    'Request Headers:',
    ...headerLines(request).map((line) => `\t${line}`),
    '',
    'Request Body:',
    request.body === '' ? '\t-no body in request-' : request.body,
    '',
    '',
  ].join('\n')
}

/** What 1.4 says. */
function oldPage(request: HttpRequest, { address }: Client): string {
  const [, query] = targetOf(request)
  return [
    'CLIENT VALUES:',
    `client_address=${address}`,
    `command=${request.method}`,
    `real path=${request.path}`,
    `query=${query === '' ? 'nil' : query}`,
    'request_version=1.1',
    `request_uri=http://${request.host.replace(/:\d+$/, '')}:8080${request.path}`,
    '',
    'SERVER VALUES:',
    'server_version=nginx: 1.10.0 - lua: 10001',
    '',
    'HEADERS RECEIVED:',
    ...headerLines(request),
    'BODY:',
    request.body === '' ? '-no body in request-' : request.body,
  ].join('\n')
}

const image = (repository: string, tags: ImageDefinition['tags']): ImageDefinition =>
  defineImage({
    repository,
    tags,
    sizeBytes: 46_800_000,
    command: ['/usr/local/bin/run.sh'],
    servers: [
      httpServer({
        name: '/usr/local/bin/run.sh',
        port: 8080,
        startLog: () => ['Generating self-signed cert', 'Starting nginx'],
        terminates: 0,
        answer(process, request, client) {
          const text =
            process.env.get('ECHOSERVER_FORMAT') === '1.4' ? oldPage(request, client) : page(process, request, client)
          return goText(request, process.now(), text)
        },
      }),
    ],
    programs: [...ALPINE, 'curl'],
    byTag: (tag) => (tag === '1.4' || tag === '1.3' ? { env: [['ECHOSERVER_FORMAT', '1.4']] } : {}),
  })

/** Kubernetes' echo server, under its old name and among the test images. */
export const echoservers: readonly ImageDefinition[] = [
  image('registry.k8s.io/echoserver', ['1.3', '1.4', '1.8', '1.9', '1.10']),
  image('registry.k8s.io/e2e-test-images/echoserver', [/^2\.[0-6]$/]),
]
