/** From etcdctl's flags to an etcd that answers, or the words in which it does not (etcd: client/v3, client/pkg/transport). */
import { isNamed, nameText, readCertificate, verifyChain } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import type { EtcdFlags } from './flags.ts'

const DEFAULT = '127.0.0.1:2379'
/** --command-timeout: how long an etcdctl that meets nobody goes on trying. */
const PATIENCE_MS = 5_000

/** The endpoints that were asked for. */
export const endpointsOf = (flags: EtcdFlags): readonly string[] => (flags.value('endpoints') ?? DEFAULT).split(',')

/** What keeps it from talking to this endpoint: undefined if nothing does. Files are read first, and their lack ends it at once. */
export async function problemOf(
  context: CommandContext,
  flags: EtcdFlags,
  endpoint: string,
): Promise<{ readonly fatal: string } | { readonly connection: string } | undefined> {
  const [cacert, cert, key] = ['cacert', 'cert', 'key'].map((name) => flags.value(name))
  if ((cert === undefined) !== (key === undefined))
    return { fatal: `KeyFile and CertFile must both be present[key: ${quoted(key)}, cert: ${quoted(cert)}]` }
  for (const path of [cert, key, cacert]) {
    if (path === undefined) continue
    const text = await context.files.read(path)
    if (text === undefined) return { fatal: `open ${path}: no such file or directory` }
    if (!text.includes('-----BEGIN')) return { fatal: 'tls: failed to find any PEM data in certificate input' }
  }
  const connection = await meet(context, flags, endpoint)
  return connection === undefined ? undefined : { connection }
}

const quoted = (text: string | undefined): string => JSON.stringify(text ?? '')

async function meet(context: CommandContext, flags: EtcdFlags, endpoint: string): Promise<string | undefined> {
  const { cluster, place } = context
  const [, scheme = '', host = '', port = '2379'] = /^(?:(https?):\/\/)?([^/:]*)(?::(\d+))?/.exec(endpoint) ?? []
  const { addresses } = context.requests.during(() => cluster.network.lookup(place, host, { traced: true }))
  const [address] = addresses
  if (address === undefined)
    return `connection error: desc = "transport: Error while dialing: dial tcp: lookup ${host}: no such host"`
  const met = context.requests.during(() => cluster.network.fetch(place, `https://${address}:${port}/`))
  if (met.outcome !== 'answered') {
    const why = met.outcome === 'refused' ? 'connect: connection refused' : 'i/o timeout'
    return `connection error: desc = "transport: Error while dialing: dial tcp ${address}:${port}: ${why}"`
  }
  const server = readCertificate(met.certificate ?? '')
  const named = ['cacert', 'cert', 'key'].some((name) => flags.value(name) !== undefined)
  const secure = scheme === 'https' || (scheme === '' && named)
  if (server === undefined)
    return secure
      ? 'connection error: desc = "transport: authentication handshake failed: tls: first record does not look like a TLS handshake"'
      : undefined
  if (!secure) return 'connection error: desc = "error reading server preface: EOF"'
  const trusted = readCertificate((await context.files.read(flags.value('cacert') ?? '')) ?? '')
  const failed = 'connection error: desc = "transport: authentication handshake failed: '
  if (!flags.has('insecure-skip-tls-verify')) {
    const problem = verifyChain([server], trusted ? [trusted] : [], cluster.now()).problem
    if (problem !== undefined)
      return `${failed}tls: failed to verify certificate: x509: certificate signed by unknown authority"`
    if (!isNamed(server, host))
      return `${failed}tls: failed to verify certificate: x509: certificate is valid for ${[...server.names, ...server.addresses].join(', ')}, not ${host}"`
  }
  const own = readCertificate((await context.files.read(flags.value('cert') ?? '')) ?? '')
  if (own === undefined)
    return 'connection error: desc = "error reading server preface: remote error: tls: certificate required"'
  const sameSigner =
    nameText(own.issuer) === nameText(server.issuer) && own.authorityKeyId?.join() === server.authorityKeyId?.join()
  return sameSigner
    ? undefined
    : 'connection error: desc = "error reading server preface: remote error: tls: bad certificate"'
}

/** Says that nobody answered, after having tried for as long as etcdctl does. */
export async function gaveUp(context: CommandContext, endpoint: string, connection: string): Promise<number> {
  await context.time.sleep(PATIENCE_MS, context.signal)
  warn(context, endpoint, connection)
  context.err('Error: context deadline exceeded\n')
  return 1
}

export function warn(context: CommandContext, endpoint: string, connection: string): void {
  const line = {
    level: 'warn',
    ts: new Date(context.cluster.now()).toISOString(),
    logger: 'etcd-client',
    caller: 'v3@v3.6.8/retry_interceptor.go:65',
    msg: 'retrying of unary invoker failed',
    target: `etcd-endpoints://0xc0003e61e0/${endpoint.replace(/^https?:\/\//, '')}`,
    method: '/etcdserverpb.KV/Range',
    attempt: 0,
    error: `rpc error: code = DeadlineExceeded desc = latest balancer error: ${connection}`,
  }
  context.err(`${JSON.stringify(line)}\n`)
}
