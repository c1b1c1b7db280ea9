import { type JsonValue, type Kube, podTemplateLines } from '../../../emulator/index.ts'
import { resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { asJson, PRINT_FLAGS } from '../print/output.ts'
import type { Info } from '../resources/fetch.ts'
import { equal } from '../resources/merge-patch.ts'
import { CHANGE_CAUSE, DRY_RUN_FLAG, dryRunOf, LAST_APPLIED } from '../resources/mutation.ts'
import { forEachWorkload } from './for-each.ts'

import { REVISION, type Revision, revisionsOf } from './revisions.ts'
import { ROLLOUT_FLAGS } from './workload.ts'

/** Upstream: polymorphichelpers/rollback.go. */
export const undo = defineSubcommand({
  name: 'undo',
  summary: 'Undo a previous rollout',
  long: 'Roll back to a previous rollout.',
  examples: [
    '# Back to the revision before',
    'kubectl rollout undo deployment/web',
    '',
    '# Back to a certain one',
    'kubectl rollout undo daemonset/agent --to-revision=3',
  ],
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  completes: { types: ['daemonset', 'deployment', 'statefulset'] },
  flags: {
    ...ROLLOUT_FLAGS,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    'to-revision': { kind: 'int64', default: 0, summary: 'Revision to go back to; 0 means the one before.' },
  },
  run: (invocation) => forEachWorkload(invocation, (info) => undoOne(invocation, info)),
})

function undoOne(invocation: Invocation, info: Info): string {
  const wanted = invocation.flags.number('to-revision')
  if (wanted < 0) throw new KubectlError(`unable to find specified revision ${wanted} in history`)
  const all = revisionsOf(invocation, info, 'rollbacker')
  const keepsReplicaSets = info.type.kind === 'Deployment'
  const target = wanted > 0 ? all.find(({ revision }) => revision === wanted) : previous(info, all)
  if (!target) {
    if (wanted > 0) throw new KubectlError(`unable to find specified revision ${wanted} in history`)
    throw new KubectlError(
      keepsReplicaSets
        ? `no rollout history found for deployment ${JSON.stringify(info.name)}`
        : 'no last revision to roll back to',
    )
  }
  warnOfApply(invocation, info)
  if (dryRunOf(invocation) === 'client')
    return `${keepsReplicaSets ? '' : 'will roll back to '}${podTemplateLines(target.template).join('\n')}\n`
  return keepsReplicaSets ? undoDeployment(invocation, info, target) : undoByPatch(invocation, info, target)
}

/** What apply remembers is not rolled back (upstream: rollout_undo.go, since 1.36). */
function warnOfApply({ context }: Invocation, { object, type, name }: Info): void {
  if (object.metadata?.annotations?.[LAST_APPLIED] === undefined) return
  context.err(
    `Warning: resource ${type.plural}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n`,
  )
}

/** The revision before the present one: of ControllerRevisions the last but one. */
function previous(info: Info, all: readonly Revision[]): Revision | undefined {
  const number = info.object.metadata?.annotations?.[REVISION]
  if (number === undefined) return all.at(-2)
  return all.filter(({ revision }) => revision < Number(number)).at(-1)
}

const skipped = ({ revision }: Revision) => `skipped rollback (current template already matches revision ${revision})`

function undoByPatch(invocation: Invocation, info: Info, target: Revision): string {
  const { template } = (info.object as { readonly spec?: { readonly template?: object } }).spec ?? {}
  if (template && equal(asJson(template), asJson(target.template))) return skipped(target)
  send(invocation, info, target.patch ?? {}, 'application/strategic-merge-patch+json')
  return 'rolled back'
}

function undoDeployment(invocation: Invocation, info: Info, target: Revision): string {
  const deployment = info.object as Kube.Deployment
  if (deployment.spec?.paused)
    throw new KubectlError(
      `you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`,
    )
  if (target.revision === Number(deployment.metadata?.annotations?.[REVISION] ?? 0)) return skipped(target)
  const { 'pod-template-hash': _, ...labels } = target.template.metadata?.labels ?? {}
  const template = { ...target.template, metadata: { ...target.template.metadata, labels } }
  const annotations = {
    ...deployment.metadata?.annotations,
    ...(target.cause !== '' && { [CHANGE_CAUSE]: target.cause }),
  }
  const patch = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: annotations },
  ]
  send(invocation, info, JSON.parse(JSON.stringify(patch)), 'application/json-patch+json')
  return 'rolled back'
}

function send(invocation: Invocation, info: Info, body: JsonValue, contentType: string): void {
  const server = dryRunOf(invocation) === 'server'
  invocation.api.send('PATCH', resourcePath(info.type, info.namespace, info.name), {
    body,
    contentType,
    query: { fieldManager: 'kubectl-rollout', ...(server && { dryRun: 'All' }) },
  })
}
