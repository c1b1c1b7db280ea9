import { alignTabs } from '../../kubectl/print/tabwriter.ts'
import { publicKeyHash } from './public-key-hash.ts'
import { apiProblem, endpointOf, failed, type KubeadmCall, type KubeadmVerb, listOf, type Secret } from './verb.ts'

const SECRETS = '/api/v1/namespaces/kube-system/secrets'
const TYPE = 'bootstrap.kubernetes.io/token'
const FORM = /^([a-z0-9]{6})\.([a-z0-9]{16})$/
const DAY_MS = 86_400_000

const words = (secret: Secret, key: string): string => {
  const text = secret.data?.[key]
  return text === undefined ? '' : atob(String(text))
}

/** `kubeadm token list` (upstream: cmd/kubeadm/app/cmd/token.go). */
export const list: KubeadmVerb = ({ context }) => {
  const problem = apiProblem(context, SECRETS)
  if (problem !== undefined) return failed(context, `failed to list bootstrap tokens: ${problem}`)
  const tokens = listOf<Secret>(context, SECRETS).filter(({ type }) => type === TYPE)
  if (tokens.length === 0) return 0
  const rows = tokens.map((secret) => {
    const expires = words(secret, 'expiration')
    const uses = ['authentication', 'signing'].filter((use) => words(secret, `usage-bootstrap-${use}`) === 'true')
    const token = `${words(secret, 'token-id')}.${words(secret, 'token-secret')}`
    const left = expires === '' ? '<forever>' : ttlText(Date.parse(expires) - context.cluster.now())
    return [
      token,
      left,
      expires || '<never>',
      uses.join(','),
      words(secret, 'description') || '<none>',
      words(secret, 'auth-extra-groups') || '<none>',
    ]
  })
  const heads = ['TOKEN', 'TTL', 'EXPIRES', 'USAGES', 'DESCRIPTION', 'EXTRA GROUPS']
  context.out(alignTabs(`${[heads, ...rows].map((row) => row.join('\t')).join('\n')}\n`, { minWidth: 10, padding: 3 }))
  return 0
}

/** As apimachinery's ShortHumanDuration counts. */
function ttlText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 0) return '<invalid>'
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`
}

export const create: KubeadmVerb = async (call) => {
  const { context, words: given, flags, values } = call
  const token = given[0] ?? newToken(call)
  const [, id = '', secret = ''] = FORM.exec(token) ?? []
  if (id === '')
    return failed(
      context,
      `the bootstrap token ${JSON.stringify(token)} was not of the form "\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"`,
    )
  const lifetime = durationOf(values.get('ttl') ?? '24h0m0s')
  if (lifetime === undefined)
    return failed(
      context,
      `invalid argument ${JSON.stringify(values.get('ttl'))} for "--ttl" flag: time: invalid duration ${JSON.stringify(values.get('ttl'))}`,
    )
  const problem = apiProblem(context, `${SECRETS}/bootstrap-token-${id}`)
  if (problem !== undefined) return failed(context, problem)
  const name = `bootstrap-token-${id}`
  const stringData = {
    'auth-extra-groups': values.get('groups') ?? 'system:bootstrappers:kubeadm:default-node-token',
    ...(values.has('description') && { description: values.get('description') }),
    ...(lifetime > 0 && { expiration: `${new Date(context.cluster.now() + lifetime).toISOString().slice(0, 19)}Z` }),
    'token-id': id,
    'token-secret': secret,
    'usage-bootstrap-authentication': 'true',
    'usage-bootstrap-signing': 'true',
  }
  const response = context.cluster.request({
    method: 'POST',
    path: SECRETS,
    query: {},
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ apiVersion: 'v1', kind: 'Secret', type: TYPE, metadata: { name }, stringData }),
  })
  if (response.status === 409) return failed(context, `a token with id ${JSON.stringify(id)} already exists`)
  if (response.status >= 400) return failed(context, `failed to create the bootstrap token ${id}`)
  if (!flags.has('print-join-command')) context.out(`${token}\n`)
  else
    context.out(
      `kubeadm join ${endpointOf(context)} --token ${token} --discovery-token-ca-cert-hash sha256:${await publicKeyHash(context)} \n`,
    )
  return 0
}

export const remove: KubeadmVerb = ({ context, words: given }) => {
  const [first] = given
  if (first === undefined)
    return failed(
      context,
      'missing argument; \'token delete\' is missing token of form "[a-z0-9]{6}" or "[a-z0-9]{6}.[a-z0-9]{16}"',
    )
  const id = first.split('.')[0] ?? ''
  const path = `${SECRETS}/bootstrap-token-${id}`
  const problem = apiProblem(context, path)
  if (problem !== undefined) return failed(context, problem)
  const { status } = context.cluster.request({ method: 'DELETE', path, query: {}, headers: {} })
  if (status >= 400)
    return failed(
      context,
      `failed to delete bootstrap token ${JSON.stringify(id)}: secrets "bootstrap-token-${id}" not found`,
    )
  context.out(`bootstrap token ${JSON.stringify(id)} deleted\n`)
  return 0
}

export const generate: KubeadmVerb = (call) => {
  call.context.out(`${newToken(call)}\n`)
  return 0
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Differs with the time and with what has been made before. */
function newToken({ context }: KubeadmCall): string {
  let state = (context.cluster.now() ^ (context.cluster.etcd.revision * 2_654_435_761)) >>> 0
  const letter = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return LETTERS.charAt((state >>> 12) % LETTERS.length)
  }
  const text = (length: number): string => Array.from({ length }, letter).join('')
  return `${text(6)}.${text(16)}`
}

/** Go's durations, `24h0m0s`; undefined for anything else. */
function durationOf(text: string): number | undefined {
  if (text === '0') return 0
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|m|s|ms)/g)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return undefined
  const unit = new Map([
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ])
  const sum = parts.reduce((total, [, number, letter]) => total + Number(number) * (unit.get(letter ?? '') ?? 0), 0)
  return Math.min(sum, 3650 * DAY_MS)
}
