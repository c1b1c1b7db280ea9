import type { KubeObject } from '../../../emulator/index.ts'
import type { ApiClient } from '../api/client.ts'
import { Discovery, type ResourceType } from '../api/discovery.ts'
import { listRules } from '../auth/list-rules.ts'
import { reconcile } from '../auth/reconcile.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { ConnectionError, Exit, KubectlError } from '../errors.ts'
import { objectPrinter, PRINT_FLAGS } from '../print/output.ts'
import { alignTabs, TABLE } from '../print/tabwriter.ts'

const KNOWN_VERBS = new Set([
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'use', 'bind', 'escalate'],
  ...['impersonate', 'approve', 'sign', 'attest', 'proxy', '*'],
])

/** Nobody there to ask counts as unknown; the review itself says so then. */
function typeOf(api: ApiClient, word: string): ResourceType | undefined {
  try {
    return new Discovery(api, 2).find(word)
  } catch (error) {
    if (error instanceof ConnectionError) return undefined
    throw error
  }
}

const canI = defineSubcommand({
  name: 'can-i',
  summary: 'Check whether an action is allowed',
  examples: ['# May I create pods here?', 'kubectl auth can-i create pods'],
  usage: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  flags: {
    'all-namespaces': { kind: 'bool', shorthand: 'A', default: false, summary: 'Ask about every namespace.' },
    list: { kind: 'bool', default: false, summary: 'List everything that is allowed.' },
    'no-headers': { kind: 'bool', default: false, summary: 'Leave the headers out.' },
    quiet: { kind: 'bool', shorthand: 'q', default: false, summary: 'Print nothing; the exit code tells.' },
    subresource: { kind: 'string', default: '', summary: 'Subresource, such as log or status.' },
  },
  run: async (invocation) => {
    const { args, api, flags, context, namespace } = invocation
    if (flags.bool('list')) {
      if (args.length > 0) throw new KubectlError('list option must be specified with no arguments')
      return listRules(invocation)
    }
    const [verb, target] = args
    if (verb === undefined || target === undefined || args.length > 2)
      throw new KubectlError(
        `you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.`,
      )
    const [word = '', name] = target.split('/')
    const type = target.startsWith('/') ? undefined : typeOf(api, word)
    if (!type && word !== '*' && !target.startsWith('/'))
      context.err(`Warning: the server doesn't have a resource type '${word}'\n\n`)
    if (type && !type.namespaced && !flags.bool('all-namespaces'))
      context.err(
        `Warning: resource '${type.plural}' is not namespace scoped${type.group ? ` in group '${type.group}'` : ''}\n\n`,
      )
    if (type && !KNOWN_VERBS.has(verb)) context.err(`Warning: verb '${verb}' is not a known verb\n\n`)
    const spec = target.startsWith('/')
      ? { nonResourceAttributes: { verb, path: target } }
      : {
          resourceAttributes: {
            verb,
            resource: type?.plural ?? word,
            group: type?.group ?? '',
            ...(name && { name }),
            ...(flags.optional('subresource') && { subresource: flags.string('subresource') }),
            ...(!flags.bool('all-namespaces') && type?.namespaced !== false && { namespace }),
          },
        }
    const review = api.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec },
    }) as { readonly status?: { readonly allowed?: boolean } }
    if (!flags.bool('quiet')) context.out(review.status?.allowed ? 'yes\n' : 'no\n')
    if (!review.status?.allowed) throw new Exit(1)
    return 0
  },
})

const whoami = defineSubcommand({
  name: 'whoami',
  summary: 'Experimental: Check self subject attributes',
  flags: PRINT_FLAGS,
  run: async (invocation) => {
    const { api, context } = invocation
    const review = api.send('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    }) as KubeObject & {
      readonly status?: {
        readonly userInfo?: {
          readonly username?: string
          readonly uid?: string
          readonly groups?: readonly string[]
          readonly extra?: { readonly [key: string]: readonly string[] }
        }
      }
    }
    const print = await objectPrinter(invocation)
    if (print) {
      context.out(print({ ...review, apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }))
      return 0
    }
    const { username = '', uid, groups = [], extra = {} } = review.status?.userInfo ?? {}
    const rows = [
      ['ATTRIBUTE', 'VALUE'],
      ['Username', username],
      ...(uid ? [['UID', uid]] : []),
      ['Groups', `[${groups.join(' ')}]`],
      ...Object.keys(extra)
        .sort()
        .map((key) => [`Extra: ${key}`, `[${extra[key]?.join(' ')}]`]),
    ]
    context.out(alignTabs(rows.map((row) => `${row.join('\t')}\n`).join(''), TABLE))
    return 0
  },
})

export const auth = defineSubcommand({
  name: 'auth',
  group: 'Troubleshooting and Debugging Commands:',
  summary: 'Inspect authorization',
  subcommands: [canI, reconcile, whoami],
})
