import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { buildKustomization } from '../kustomize/build.ts'
import { printYaml } from '../yaml/print.ts'

export const kustomize = defineSubcommand({
  name: 'kustomize',
  group: 'Advanced Commands:',
  summary: 'Build a kustomization target from a directory or URL',
  examples: ['# Of this directory', 'kubectl kustomize', '', '# Of another', 'kubectl kustomize overlays/dev'],
  usage: 'DIR [flags]',
  flags: {
    output: { kind: 'string', shorthand: 'o', default: '', summary: 'File to write to instead of standard output.' },
  },
  run: async ({ args, context, flags }) => {
    if (args.length > 1) throw new KubectlError('specify one path to a kustomization directory')
    const objects = await buildKustomization(context.files, args[0] ?? '.', context.cwd)
    const text = objects.map(printYaml).join('---\n')
    if (flags.optional('output')) await context.files.write(flags.string('output'), text)
    else context.out(text)
    return 0
  },
})
