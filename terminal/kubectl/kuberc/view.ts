import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { escapeHtml } from '../print/go-json.ts'
import { objectPrinter, PRINT_FLAGS } from '../print/output.ts'
import { existingPreference, NO_PREFERENCE, wantedFile } from './existing.ts'
import type { KubercFile } from './load.ts'
import { preferenceObject } from './object.ts'
import type { Preference } from './preference.ts'
import { savePreference } from './save.ts'

/** What a file made on request holds. */
const RECOMMENDED: Preference = {
  ...NO_PREFERENCE,
  defaults: [
    { command: 'apply', options: [{ name: 'server-side', default: 'true' }] },
    { command: 'delete', options: [{ name: 'interactive', default: 'true' }] },
  ],
}

/** Upstream: kubectl/pkg/cmd/kuberc/view.go. */
export const view = defineSubcommand({
  name: 'view',
  summary: 'Display the current kuberc configuration',
  long: 'Display the contents of the kuberc file in the specified output format.',
  examples: [
    '# As YAML',
    'kubectl kuberc view',
    '',
    '# As JSON',
    'kubectl kuberc view --output json',
    '',
    '# Another file',
    'kubectl kuberc view --kuberc /path/to/kuberc',
  ],
  flags: { ...PRINT_FLAGS, ...(PRINT_FLAGS.output && { output: { ...PRINT_FLAGS.output, default: 'yaml' } }) },
  run: async (invocation) => {
    const { context, flags } = invocation
    const file = wantedFile(invocation)
    const preference = await existingPreference(invocation, file)
    if (!preference) return offerFile(invocation, file)
    const object = preferenceObject(preference)
    if (flags.string('output') === 'json') context.out(`${escapeHtml(JSON.stringify(object, null, 4))}\n`)
    else context.out((await objectPrinter(invocation))?.(object) ?? '')
    return 0
  },
})

async function offerFile({ context }: Invocation, { path, explicit }: KubercFile): Promise<number> {
  if (explicit) throw new KubectlError(`kuberc file not found at ${path}`)
  context.out(`kuberc file not found at ${path}\n`)
  const question = 'Would you like to generate a default kuberc file with recommended options? (y/N): '
  const typed = context.stdinIsTerminal && context.readLine
  if (!typed) context.out(question)
  const answer = typed ? await typed(question) : context.stdin.split('\n')[0]
  if (answer?.trim().toLowerCase() === 'y') await savePreference(context, path, RECOMMENDED)
  return 0
}
