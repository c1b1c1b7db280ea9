import { klogHead } from '../cli/klog.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { apiProxy } from '../proxy/api-proxy.ts'
import { filterOf } from '../proxy/filter.ts'
import { fileServer } from '../proxy/static-files.ts'

const DEFAULT_PORT = 8001
const FIRST_FREE_PORT = 32_768
const LAST_PORT = 60_999
const FOREVER_MS = 1000

/** Upstream: kubectl/pkg/cmd/proxy and kubectl/pkg/proxy. */
export const proxy = defineSubcommand({
  name: 'proxy',
  group: 'Troubleshooting and Debugging Commands:',
  summary: 'Run a proxy to the Kubernetes API server',
  long: 'Open a port on this machine behind which the API server answers, as the user that kubectl is.\n\n What arrives below --api-prefix goes to the API server; files of --www are served below --www-prefix.',
  examples: [
    '# The API on port 8001',
    'kubectl proxy',
    'curl localhost:8001/api/v1/namespaces',
    '',
    '# With files of a directory beside it',
    'kubectl proxy --www=/my/files --www-prefix=/my-static/ --api-prefix=/my-api/',
    '',
    '# On any free port',
    'kubectl proxy --port=0',
  ],
  usage: '[--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]',
  flags: {
    'accept-hosts': {
      kind: 'string',
      default: '^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$',
      summary: 'Regular expressions of the hosts that may be asked for.',
    },
    'accept-paths': { kind: 'string', default: '^.*', summary: 'Regular expressions of the paths that are passed on.' },
    address: { kind: 'string', default: '127.0.0.1', summary: 'IP address to serve on.' },
    'api-prefix': { kind: 'string', default: '/', summary: 'Path below which the API is served.' },
    'append-server-path': {
      kind: 'bool',
      default: false,
      summary: "Put the path of the context's server before every path.",
    },
    'disable-filter': { kind: 'bool', default: false, summary: 'Pass on everything, which is dangerous.' },
    keepalive: { kind: 'duration', default: 0, summary: 'How long an idle connection is kept; 0 never ends it.' },
    port: { kind: 'int', shorthand: 'p', default: DEFAULT_PORT, summary: 'Port to serve on; 0 takes any free one.' },
    'reject-methods': {
      kind: 'string',
      default: '^$',
      summary: 'Regular expressions of the methods that are refused.',
    },
    'reject-paths': {
      kind: 'string',
      default: '^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach',
      summary: 'Regular expressions of the paths that are refused all the same.',
    },
    'unix-socket': { kind: 'string', shorthand: 'u', default: '', summary: 'Unix socket to serve on.' },
    www: { kind: 'string', shorthand: 'w', default: '', summary: 'Directory of files to serve as well.' },
    'www-prefix': {
      kind: 'string',
      shorthand: 'P',
      default: '/static/',
      summary: 'Path below which the files are served.',
    },
  },
  run: async (invocation) => {
    const { context, flags } = invocation
    if (flags.optional('unix-socket'))
      throw new KubectlError('--unix-socket is not emulated: machines here have no Unix sockets')
    const log = (source: string, text: string) =>
      context.err(`${klogHead('W', context.cluster.now(), source)} ${text}\n`)
    const directory = flags.optional('www')
    if (directory !== undefined && !(await context.files.isDirectory(directory)))
      log(
        'proxy.go:200',
        `Failed to stat static file directory ${directory}: stat ${directory}: no such file or directory`,
      )
    if (flags.bool('disable-filter'))
      log('proxy.go:177', 'Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious')
    const files =
      directory === undefined ? undefined : await fileServer(context, directory, prefix(flags.string('www-prefix')))
    const api = apiProxy(invocation.api, filterOf(flags, context.cluster.now()), prefix(flags.string('api-prefix')))
    const { close, port } = serve(invocation, (http) => files?.(http) ?? api(http))
    context.out(`Starting to serve on ${flags.string('address')}:${port}\n`)
    try {
      for (;;) await context.time.sleep(FOREVER_MS, context.signal)
    } finally {
      close()
    }
  },
})

const prefix = (text: string) => (text.endsWith('/') ? text : `${text}/`)

/** Throws KubectlError in the words of Go's net.Listen. */
function serve(
  { context, flags }: Invocation,
  handle: ReturnType<typeof apiProxy>,
): { readonly close: () => void; readonly port: number } {
  const address = flags.string('address')
  const wanted = flags.number('port')
  const { cluster, place } = context
  const machine = place.kind === 'machine' ? place.name : ''
  const answer = ({ http }: { readonly http: Parameters<typeof handle>[0] | undefined }) =>
    http === undefined ? {} : { response: handle(http) }
  const own = ['0.0.0.0', cluster.machine(machine)?.address]
  if (!own.includes(address) && !address.startsWith('127.'))
    throw new KubectlError(`listen tcp ${address}:${wanted}: bind: cannot assign requested address`)
  const start = wanted === 0 ? FIRST_FREE_PORT + (cluster.now() % (LAST_PORT - FIRST_FREE_PORT)) : wanted
  for (let port = start; port <= (wanted === 0 ? LAST_PORT : wanted); port++) {
    const close = cluster.network.listen(machine, { address, port, answer })
    if (close !== undefined) return { close, port }
  }
  throw new KubectlError(`listen tcp ${address}:${wanted}: bind: address already in use`)
}
