import { defineSubcommand } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { goJsonIndented } from '../print/go-json.ts'
import { fetchInfos } from '../resources/fetch.ts'
import { LAST_APPLIED } from '../resources/mutation.ts'
import { ALL_FLAG, FILE_FLAGS, SELECTOR_FLAGS, select } from '../resources/selection.ts'
import { type Json, parseYaml } from '../yaml/parse.ts'
import { printYaml } from '../yaml/print.ts'
import { YamlError } from '../yaml/tokens.ts'

/** Anybody may have written it; it is read as YAML, which JSON is (upstream: apply_view_last_applied.go, yaml.JSONToYAML). */
function annotated(text: string): Json {
  try {
    return parseYaml(text) ?? null
  } catch (error) {
    throw error instanceof YamlError ? new KubectlError(error.message) : error
  }
}

export const viewLastApplied = defineSubcommand({
  name: 'view-last-applied',
  summary: 'View the latest last-applied-configuration annotations of a resource/object',
  usage: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  completes: 'resources',
  flags: {
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...ALL_FLAG,
    output: {
      kind: 'string',
      shorthand: 'o',
      default: 'yaml',
      summary: 'Output format: yaml or json.',
    },
  },
  run: async (invocation) => {
    const output = invocation.flags.string('output')
    if (output !== 'yaml' && output !== 'json')
      throw usageError(invocation, `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`)
    const { infos, errors } = fetchInfos(invocation.api, await select(invocation))
    throwAll(errors)
    for (const { object } of infos) {
      const text = object.metadata?.annotations?.[LAST_APPLIED]
      // Upstream means to say so and says nothing: the message is attached to an error that is not there.
      if (!text) continue
      const value = annotated(text)
      invocation.context.out(output === 'json' ? `${goJsonIndented(value, '  ')}\n` : printYaml(value))
    }
    return 0
  },
})
