import type { ApiClient } from '../api/client.ts'
import { Discovery } from '../api/discovery.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { ConnectionError, KubectlError } from '../errors.ts'

/** Throws KubectlError with what the connection says (upstream: apiresources/apiversions.go). */
function versionsOf(api: ApiClient): readonly string[] {
  try {
    return new Discovery(api, 1).apiVersions
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error
    throw new KubectlError(`couldn't get available api versions from server: ${error.message}`)
  }
}

export const apiVersions = defineSubcommand({
  name: 'api-versions',
  group: 'Other Commands:',
  summary: 'Print the supported API versions on the server, in the form of "group/version"',
  examples: ['# All of them', 'kubectl api-versions'],
  run: async (invocation) => {
    const { api, args, context } = invocation
    if (args.length > 0) throw usageError(invocation, `unexpected arguments: [${args.join(' ')}]`)
    context.out(
      [...versionsOf(api)]
        .sort()
        .map((v) => `${v}\n`)
        .join(''),
    )
    return 0
  },
})
