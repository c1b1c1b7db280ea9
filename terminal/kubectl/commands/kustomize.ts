import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { buildKustomization } from '../kustomize/build.ts'
import { printYaml } from '../yaml/print.ts'

/** Upstream: kustomize/kustomize/commands/build, as kubectl embeds it. */
export const kustomize = defineSubcommand({
  name: 'kustomize',
  group: 'Advanced Commands:',
  offline: true,
  summary: 'Build a kustomization target from a directory or URL',
  long: "Build a set of KRM resources using a 'kustomization.yaml' file: the one of the directory named, else of the current one.",
  examples: [
    '# Of this directory',
    'kubectl kustomize',
    '',
    '# Of another',
    'kubectl kustomize overlays/dev',
    '',
    '# Into the cluster at once',
    'kubectl apply -k overlays/dev',
  ],
  usage: 'DIR [flags]',
  flags: {
    'as-current-user': { kind: 'bool', default: false, summary: 'Use the uid and gid of the caller for functions.' },
    'enable-alpha-plugins': { kind: 'bool', default: false, summary: 'Enable kustomize plugins.' },
    'enable-helm': { kind: 'bool', default: false, summary: 'Enable use of Helm.' },
    env: { kind: 'stringArray', shorthand: 'e', default: [], summary: 'Environment variables for functions.' },
    'helm-api-versions': { kind: 'stringArray', default: [], summary: 'API versions that Helm is told of.' },
    'helm-command': { kind: 'string', default: 'helm', summary: 'Helm program.' },
    'helm-debug': { kind: 'bool', default: false, summary: "Show Helm's own output." },
    'helm-kube-version': { kind: 'string', default: '', summary: 'Kubernetes version that Helm is told of.' },
    'load-restrictor': {
      kind: 'string',
      default: 'LoadRestrictionsRootOnly',
      summary: 'LoadRestrictionsNone lets kustomizations read files outside of their directory.',
      values: ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'],
    },
    mount: { kind: 'stringArray', default: [], summary: 'Storage for functions.' },
    network: { kind: 'bool', default: false, summary: 'Let functions use the network.' },
    'network-name': { kind: 'string', default: 'bridge', summary: 'Network that functions run in.' },
    output: { kind: 'string', shorthand: 'o', default: '', summary: 'File to write to instead of standard output.' },
  },
  run: async ({ args, context, flags }) => {
    if (args.length > 1) throw new KubectlError('specify one path to kustomization.yaml')
    const restrictor = flags.string('load-restrictor')
    if (!['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'].includes(restrictor))
      throw new KubectlError(
        `illegal flag value --load-restrictor ${restrictor}; legal values: [LoadRestrictionsRootOnly LoadRestrictionsNone]`,
      )
    const objects = await buildKustomization(context.files, args[0] ?? '.', context.cwd, {
      warn: (line) => context.err(`${line}\n`),
      anywhere: restrictor === 'LoadRestrictionsNone',
    })
    const text = objects.map(printYaml).join('---\n')
    const output = flags.optional('output')
    if (output === undefined) context.out(text)
    else
      await context.files.write(
        (await context.files.isDirectory(output)) ? `${output}/kustomization.yaml` : output,
        text,
      )
    return 0
  },
})
