import type { ApiClient } from '../api/client.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { ApiError, ConnectionError, KubectlError } from '../errors.ts'
import { goJsonIndented } from '../print/go-json.ts'
import { printYaml } from '../yaml/print.ts'

const CLIENT = { gitVersion: 'v1.36.2', major: '1', minor: '36', platform: 'linux/amd64' } as const
const KUSTOMIZE = 'v5.8.1'

type Version = { readonly [field: string]: string }

/** What the client is gets printed even where no server answers. */
function serverVersion(api: ApiClient): { readonly server?: Version; readonly failure?: Error } {
  try {
    return { server: api.get<Version>('/version') }
  } catch (error) {
    if (error instanceof ApiError || error instanceof ConnectionError) return { failure: error }
    throw error
  }
}

export const version = defineSubcommand({
  name: 'version',
  usage: '[flags]',
  group: 'Other Commands:',
  summary: 'Print the client and server version information',
  examples: ['# Both versions', 'kubectl version'],
  flags: {
    client: { kind: 'bool', default: false, summary: "Only the client's version; needs no server." },
    output: {
      kind: 'string',
      shorthand: 'o',
      default: '',
      summary: "One of 'yaml' or 'json'.",
    },
  },
  run: async ({ api, args, context, flags }) => {
    if (args.length > 0) throw new KubectlError(`extra arguments: [${args.join(' ')}]`)
    const output = flags.string('output')
    if (!['', 'yaml', 'json'].includes(output)) throw new KubectlError("--output must be 'yaml' or 'json'")
    const { server, failure } = flags.bool('client') ? {} : serverVersion(api)
    const all = { clientVersion: CLIENT, kustomizeVersion: KUSTOMIZE, ...(server && { serverVersion: server }) }
    if (output === 'json') context.out(`${goJsonIndented(all)}\n`)
    else if (output === 'yaml') context.out(printYaml(all))
    else {
      context.out(`Client Version: ${CLIENT.gitVersion}\nKustomize Version: ${KUSTOMIZE}\n`)
      if (server) context.out(`Server Version: ${server.gitVersion}\n`)
    }
    if (failure) throw failure
    return 0
  },
})
