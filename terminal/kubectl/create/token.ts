import type { KubeObject } from '../../../emulator/index.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { nameFromArgs } from '../cli/usage-error.ts'
import { ApiError, KubectlError } from '../errors.ts'
import { objectPrinter, PRINT_FLAGS } from '../print/output.ts'

const BOUND_KINDS = ['Node', 'Pod', 'Secret']

/** Upstream: kubectl/pkg/cmd/create/create_token.go. */
export const createToken = defineSubcommand({
  name: 'token',
  summary: 'Request a service account token',
  usage: 'SERVICE_ACCOUNT_NAME',
  completes: { names: 'serviceaccounts' },
  examples: [
    '# A token of a service account',
    'kubectl create token builder',
    '',
    '# One that lasts ten minutes',
    'kubectl create token builder --duration 10m',
    '',
    '# One that ends with a secret',
    'kubectl create token builder --bound-object-kind Secret --bound-object-name key',
  ],
  flags: {
    ...PRINT_FLAGS,
    audience: { kind: 'stringArray', default: [], summary: 'Whom the token is for; the API server by default.' },
    'bound-object-kind': {
      kind: 'string',
      default: '',
      summary: 'Kind of the object it ends with: Node, Pod, Secret.',
    },
    'bound-object-name': { kind: 'string', default: '', summary: 'Name of the object that it ends with.' },
    'bound-object-uid': { kind: 'string', default: '', summary: 'UID of the object that it ends with.' },
    duration: { kind: 'duration', default: 0, summary: 'How long it should last; the server decides by default.' },
  },
  run: async (invocation) => {
    const { api, context, flags, namespace } = invocation
    const name = nameFromArgs(invocation)
    const print = await objectPrinter(invocation)
    validate(invocation)
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${encodeURIComponent(name)}/token`
    const response = request(() => api.send('POST', path, { body: tokenRequest(invocation) }))
    const token = response.status?.token
    if (!token) throw new KubectlError('failed to create token: no token in server response')
    if (print) context.out(print({ ...response, kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1' }))
    else context.out(context.tty && !flags.optional('template') ? `${token}\n` : token)
    return 0
  },
})

type TokenResponse = KubeObject & { readonly status?: { readonly token?: string } }

function request(send: () => unknown): TokenResponse {
  try {
    return send() as TokenResponse
  } catch (error) {
    if (error instanceof ApiError) throw new KubectlError(`failed to create token: ${error.message}`)
    throw error
  }
}

function validate({ flags }: Invocation): void {
  const duration = flags.number('duration')
  const [kind, name, uid] = ['kind', 'name', 'uid'].map((field) => flags.string(`bound-object-${field}`))
  if (duration < 0) throw new KubectlError('--duration must be greater than or equal to 0')
  if (duration % 1000 !== 0) throw new KubectlError('--duration cannot be expressed in units less than seconds')
  if (flags.list('audience').includes('')) throw new KubectlError('--audience must not be an empty string')
  if (!kind) {
    if (name) throw new KubectlError('--bound-object-name can only be set if --bound-object-kind is provided')
    if (uid) throw new KubectlError('--bound-object-uid can only be set if --bound-object-kind is provided')
    return
  }
  if (!BOUND_KINDS.includes(kind))
    throw new KubectlError(`supported --bound-object-kind values are ${BOUND_KINDS.join(', ')}`)
  if (!name) throw new KubectlError('--bound-object-name is required if --bound-object-kind is provided')
}

function tokenRequest({ flags }: Invocation): object {
  const duration = flags.number('duration')
  const kind = flags.optional('bound-object-kind')
  const uid = flags.optional('bound-object-uid')
  const reference = kind && { kind, apiVersion: 'v1', name: flags.string('bound-object-name'), ...(uid && { uid }) }
  const audiences = flags.list('audience')
  return {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: {},
    spec: {
      audiences: audiences.length > 0 ? audiences : null,
      expirationSeconds: duration > 0 ? duration / 1000 : null,
      boundObjectRef: reference || null,
    },
    status: { token: '', expirationTimestamp: null },
  }
}
