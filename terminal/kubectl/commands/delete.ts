import { kindName, resourcePath } from '../api/discovery.ts'
import { waitUntil } from '../api/follow.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { ApiError, isNotFound, KubectlError, throwAll, withSource } from '../errors.ts'
import { CASCADE_FLAG, cascadePolicy } from '../resources/cascade.ts'
import { fetchTarget, type Info } from '../resources/fetch.ts'
import { DRY_RUN_FLAG, type DryRun, dryRunOf } from '../resources/mutation.ts'
import { checkRaw, sendRaw } from '../resources/raw.ts'
import {
  ALL_FLAG,
  ALL_NAMESPACES_FLAG,
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  SELECTOR_FLAGS,
  select,
  type Target,
} from '../resources/selection.ts'

export const remove = defineSubcommand({
  name: 'delete',
  group: 'Basic Commands (Intermediate):',
  summary: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  examples: [
    '# By name',
    'kubectl delete service web',
    '',
    '# What a file describes',
    'kubectl delete -f pod.yaml',
    '',
    '# By label, several types',
    'kubectl delete pods,services -l app=web',
    '',
    '# Without waiting for the pod to end',
    'kubectl delete pod web --now',
  ],
  usage: '([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
  completes: 'resources',
  flags: {
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...FIELD_SELECTOR_FLAG,
    ...ALL_FLAG,
    ...ALL_NAMESPACES_FLAG,
    ...DRY_RUN_FLAG,
    cascade: CASCADE_FLAG,
    force: { kind: 'bool', default: false, summary: 'Remove the object at once, without waiting for the kubelet.' },
    'grace-period': {
      kind: 'int',
      default: -1,
      summary: 'Seconds given to end in order. Negative: what the object says.',
    },
    'ignore-not-found': { kind: 'bool', default: false, summary: 'Exit with 0 if the object does not exist.' },
    interactive: { kind: 'bool', shorthand: 'i', default: false, summary: 'Ask before deleting.' },
    now: { kind: 'bool', default: false, summary: 'The same as --grace-period=1.' },
    output: {
      kind: 'string',
      shorthand: 'o',
      default: '',
      summary: 'Output mode. Use "-o name" for short lines (resource/name).',
    },
    raw: { kind: 'string', default: '', summary: 'Path to delete, as it is.' },
    timeout: { kind: 'duration', default: 0, summary: 'How long to wait for the end; zero means as long as it takes.' },
    wait: { kind: 'bool', default: true, summary: 'Return only when the object is gone.' },
  },
  run: async (invocation) => {
    const options = deleteOptions(invocation)
    const { flags, context } = invocation
    if (flags.optional('raw')) return deleteRaw(invocation)
    if (flags.bool('all') && !flags.optional('selector') && invocation.args.length > 1)
      throw new KubectlError('name cannot be provided when a selector is specified')
    const { targets, errors: problems } = await select(invocation, { typeMeansAll: false })
    if (flags.bool('interactive') && problems.length === 0 && !(await confirmed(invocation, targets))) return 0
    if (invocation.namespaceEnforced && targets.some(({ type }) => !type.namespaced))
      context.err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n')
    const errors: Error[] = [...problems]
    const deleted: Deleted[] = []
    const ignoreMissing = flags.bool('ignore-not-found') || flags.bool('all') || targets.some((t) => t.kind === 'type')
    let found = 0
    for (const target of targets) {
      try {
        for (const info of toDelete(invocation, target)) {
          found++
          deleted.push({ info, uid: deleteOne(invocation, info, options) })
        }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        const source = target.kind === 'manifest' ? target.manifest.source : ''
        if (!(ignoreMissing && isNotFound(error))) errors.push(withSource('deleting', source, error))
      }
    }
    if (flags.bool('wait') && options.dryRun === 'none') await waitForEnd(invocation, deleted)
    throwAll(errors)
    if (found === 0 && !flags.bool('ignore-not-found')) context.out('No resources found\n')
    return 0
  },
})

/** Shows what would go and asks; a terminal answers with a line, a pipe with its first word (upstream: confirmation). */
async function confirmed(invocation: Invocation, targets: readonly Target[]): Promise<boolean> {
  const { context } = invocation
  const infos = targets.flatMap((target) => toDelete(invocation, target))
  if (infos.length === 0) {
    context.out('No resources found\n')
    return false
  }
  context.out(`You are about to delete the following ${infos.length} resource(s):\n`)
  for (const { type, name } of infos) context.out(`${kindName(type)}/${name}\n`)
  const question = 'Do you want to continue? (y/n): '
  const asks = context.stdinIsTerminal && context.readLine !== undefined
  if (!asks) context.out(question)
  const answer = asks ? await context.readLine?.(question) : context.stdin
  if (answer?.trim().split(/\s+/)[0]?.toLowerCase() === 'y') return true
  context.out('deletion is cancelled\n')
  return false
}

function deleteRaw(invocation: Invocation): Promise<number> {
  const { flags } = invocation
  const files = flags.list('filename')
  if (files.length > 0) checkRaw(invocation)
  if (flags.bool('recursive')) throw new KubectlError('--raw and --recursive are mutually exclusive')
  if (flags.string('output') !== '') throw new KubectlError('--raw and --output are mutually exclusive')
  return sendRaw(invocation, 'DELETE')
}

interface DeleteOptions {
  readonly body: { readonly [field: string]: string | number | readonly string[] }
  readonly dryRun: DryRun
}

/** Warnings and refusals of flag combinations (upstream: kubectl/pkg/cmd/delete/delete.go, Complete and Validate). */
function deleteOptions(invocation: Invocation): DeleteOptions {
  const { flags, context } = invocation
  const dryRun = dryRunOf(invocation)
  let grace = flags.number('grace-period')
  const output = flags.string('output')
  if (output !== '' && output !== 'name')
    throw new KubectlError(`unexpected -o output mode: ${output}. We only support '-o name'`)
  if (flags.bool('all') && flags.optional('field-selector'))
    throw new KubectlError('cannot set --all and --field-selector at the same time')
  if (flags.bool('now')) {
    if (grace !== -1) throw new KubectlError('--now and --grace-period cannot be specified together')
    grace = 1
  }
  if (flags.bool('force') && grace > 0)
    throw new KubectlError('--force and --grace-period greater than 0 cannot be specified together')
  if (grace === 0 && !flags.bool('force')) grace = flags.bool('wait') ? 1 : grace
  if (flags.bool('force')) {
    context.err(
      'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
    )
    if (grace < 0) grace = 0
  }
  const policy = cascadePolicy(flags.string('cascade'))
  return { dryRun, body: { propagationPolicy: policy, ...(grace >= 0 && { gracePeriodSeconds: grace }) } }
}

function toDelete(invocation: Invocation, target: Target): readonly Info[] {
  const { type, namespace } = target
  if (target.kind === 'type') return fetchTarget(invocation.api, target)
  return [
    {
      type,
      namespace,
      name: target.name,
      object: {},
      source: target.kind === 'manifest' ? target.manifest.source : '',
    },
  ]
}

/** What was asked to go, and its uid: another object may take the name at once, as the Service `kubernetes` does. */
interface Deleted {
  readonly info: Info
  readonly uid: string | undefined
}

/** The server's answer to DELETE: the object while it lingers, else a Status that names it. */
interface DeleteAnswer {
  readonly metadata?: { readonly uid?: string }
  readonly details?: { readonly uid?: string }
}

function deleteOne(invocation: Invocation, info: Info, { body, dryRun }: DeleteOptions): string | undefined {
  const { api } = invocation
  const path = resourcePath(info.type, info.namespace, info.name)
  const answer =
    dryRun === 'client'
      ? api.get<DeleteAnswer>(path)
      : (api.send('DELETE', path, {
          body: { kind: 'DeleteOptions', apiVersion: 'v1', ...body, ...(dryRun === 'server' && { dryRun: ['All'] }) },
        }) as DeleteAnswer)
  tell(invocation, info, { body, dryRun })
  return answer.metadata?.uid ?? answer.details?.uid
}

function tell({ context, flags }: Invocation, info: Info, { body, dryRun }: DeleteOptions): void {
  if (flags.string('output') === 'name') {
    context.out(`${kindName(info.type)}/${info.name}\n`)
    return
  }
  const where = info.type.namespaced ? ` from ${info.namespace} namespace` : ''
  const how = body.gracePeriodSeconds === 0 ? 'force deleted' : 'deleted'
  const suffix = dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : ''
  context.out(`${kindName(info.type)} "${info.name}" ${how}${where}${suffix}\n`)
}

/** Waits for each, in order, until nothing of its uid has its name (upstream: kubectl/pkg/cmd/wait, IsDeleted). */
async function waitForEnd(invocation: Invocation, deleted: readonly Deleted[]): Promise<void> {
  const { context, flags } = invocation
  const timeout = flags.number('timeout') || Number.POSITIVE_INFINITY
  for (const { info, uid } of deleted) {
    const gone = await waitUntil(context, () => uidOf(invocation, info) !== uid, timeout)
    if (!gone) throw new KubectlError(`timed out waiting for the condition on ${info.type.plural}/${info.name}`)
  }
}

/** The uid under that name, undefined if nothing has it. */
function uidOf({ api }: Invocation, { type, namespace, name }: Info): string | undefined {
  try {
    return api.get<{ metadata: { uid: string } }>(resourcePath(type, namespace, name)).metadata.uid
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
