import type { KubeObject } from '../../../emulator/index.ts'
import { kindName } from '../api/discovery.ts'
import { applyManifest, type Outcome } from '../apply/client-side.ts'
import { editLastApplied } from '../apply/edit-last-applied.ts'
import { prune, pruneTypes } from '../apply/prune.ts'
import { applyServerSide } from '../apply/server-side.ts'
import { setLastApplied } from '../apply/set-last-applied.ts'
import { viewLastApplied } from '../apply/view-last-applied.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { AggregateFailure, ApiError, KubectlError, throwAll } from '../errors.ts'
import { objectPrinter, PRINT_FLAGS } from '../print/output.ts'
import { CASCADE_FLAG, cascadePolicy } from '../resources/cascade.ts'
import { typed } from '../resources/fetch.ts'
import {
  DRY_RUN_FLAG,
  dryRunOf,
  dryRunSuffix,
  fieldManagerFlag,
  VALIDATE_FLAG,
  writeQuery,
} from '../resources/mutation.ts'
import { FILE_FLAGS, SELECTOR_FLAGS, select, type Target } from '../resources/selection.ts'

export const apply = defineSubcommand({
  name: 'apply',
  group: 'Advanced Commands:',
  summary: 'Apply a configuration to a resource by file name or stdin',
  long: 'Apply a configuration to a resource by file name or stdin. The resource name must be specified. It is created if it does not exist yet; to use apply later, create it with apply or with create --save-config.\n\n JSON and YAML formats are accepted.',
  examples: [
    '# What a file describes',
    'kubectl apply -f web.yaml',
    '',
    '# What standard input describes',
    'cat web.yaml | kubectl apply -f -',
    '',
    '# Every manifest in a directory',
    'kubectl apply -f manifests/',
  ],
  usage: '(-f FILENAME | -k DIRECTORY)',
  flags: {
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    ...VALIDATE_FLAG,
    ...fieldManagerFlag('kubectl-client-side-apply'),
    all: { kind: 'bool', default: false, summary: 'With --prune: consider all resources in the namespace.' },
    'force-conflicts': {
      kind: 'bool',
      default: false,
      summary: 'With --server-side: take over fields that others manage.',
    },
    'openapi-patch': { kind: 'bool', default: true, summary: 'Use the published schema to compute differences.' },
    overwrite: { kind: 'bool', default: true, summary: 'Resolve conflicts with what is live in favour of the file.' },
    cascade: CASCADE_FLAG,
    prune: {
      kind: 'bool',
      default: false,
      summary: 'Delete objects that earlier applies made and that are no longer described.',
    },
    'prune-allowlist': {
      kind: 'stringArray',
      default: [],
      summary: 'Types that --prune looks at, written <group/version/kind>, instead of the usual ones.',
    },
    subresource: {
      kind: 'string',
      default: '',
      summary: 'With --server-side: work on a subresource.',
    },
    'server-side': { kind: 'bool', default: false, summary: 'Let the server compute what changes.' },
    force: { kind: 'bool', default: false, summary: 'Delete and recreate what cannot be changed in place.' },
    'grace-period': { kind: 'int', default: -1, summary: 'Seconds given to end in order, with --force.' },
    timeout: { kind: 'duration', default: 0, summary: 'How long to wait for a deletion, with --force.' },
    wait: { kind: 'bool', default: false, summary: 'Wait for a deletion to be complete, with --force.' },
  },
  subcommands: [editLastApplied, setLastApplied, viewLastApplied],
  run: async (invocation) => {
    check(invocation)
    const selection = await select(invocation, { args: [] })
    const types = invocation.flags.bool('prune') ? pruneTypes(invocation, selection.discovery) : undefined
    const { targets, errors: problems } = selection
    const errors: Error[] =
      problems.length > 0 ? [problems.length === 1 && problems[0] ? problems[0] : new AggregateFailure(problems)] : []
    const results: { target: Target; outcome: Outcome }[] = []
    const printer = await objectPrinter(invocation)
    for (const target of targets) {
      if (target.kind !== 'manifest') continue
      try {
        const outcome = await applyOne(invocation, target)
        results.push({ target, outcome })
        if (!printer)
          invocation.context.out(
            `${kindName(target.type)}/${target.name} ${outcome.verb}${dryRunSuffix(dryRunOf(invocation))}\n`,
          )
      } catch (error) {
        if (!(error instanceof ApiError) && !(error instanceof KubectlError)) throw error
        errors.push(error)
      }
    }
    if (printer && results.length > 0) invocation.context.out(printer(printed(results)))
    throwAll(errors)
    if (results.length === 0) throw new KubectlError('no objects passed to apply')
    if (types)
      await prune(invocation, {
        types,
        applied: results.map(({ outcome }) => outcome.object),
        cascade: cascadePolicy(invocation.flags.string('cascade')),
      })
    return 0
  },
})

function check(invocation: Invocation): void {
  const { flags, args } = invocation
  if (args.length > 0) throw usageError(invocation, `Unexpected args: [${args.join(' ')}]`)
  const files = flags.list('filename').length > 0
  if (!files && !flags.optional('kustomize')) throw new KubectlError('must specify one of -f and -k')
  if (files && flags.optional('kustomize')) throw new KubectlError('only one of -f or -k can be specified')
  if (flags.bool('server-side') && flags.bool('force'))
    throw new KubectlError('--force cannot be used with --server-side')
  if (flags.bool('force-conflicts') && !flags.bool('server-side'))
    throw new KubectlError('--force-conflicts only works with --server-side')
  if (flags.optional('subresource') && !flags.bool('server-side'))
    throw new KubectlError('--subresource can only be specified for --server-side')
  if (flags.bool('server-side') && dryRunOf(invocation) === 'client')
    throw new KubectlError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)")
  if (flags.bool('force') && dryRunOf(invocation) === 'server')
    throw new KubectlError('--dry-run=server cannot be used with --force')
  if (flags.bool('all') && flags.optional('selector'))
    throw new KubectlError('cannot set --all and --selector at the same time')
  if (flags.bool('prune') && !flags.bool('all') && !flags.optional('selector'))
    throw new KubectlError(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    )
  cascadePolicy(flags.string('cascade'))
  writeQuery(invocation)
}

function applyOne(invocation: Invocation, target: Extract<Target, { kind: 'manifest' }>): Outcome | Promise<Outcome> {
  return invocation.flags.bool('server-side')
    ? applyServerSide(invocation, target.manifest)
    : applyManifest(invocation, target.manifest)
}

/** As a List if there are several. */
function printed(results: readonly { target: Target; outcome: Outcome }[]): KubeObject {
  const objects = results.map(({ target, outcome }) => typed(target.type, outcome.object))
  const [only] = objects
  if (objects.length === 1 && only) return only
  return { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } } as KubeObject
}
