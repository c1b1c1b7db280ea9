/** `auth reconcile` (upstream: kubectl/pkg/cmd/auth/reconcile.go, component-helpers/auth/rbac/reconciliation). */
import type { JsonValue, Kube, KubeObject } from '../../../emulator/index.ts'
import { resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { isNotFound, KubectlError, throwAll } from '../errors.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import type { Manifest } from '../resources/manifests.ts'
import { equal } from '../resources/merge-patch.ts'
import { DRY_RUN_FLAG, dryRunOf, resultPrinter } from '../resources/mutation.ts'
import { FILE_FLAGS, namesFiles, select } from '../resources/selection.ts'
import { missingRules } from './cover-rules.ts'

export const reconcile = defineSubcommand({
  name: 'reconcile',
  summary: 'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects',
  long: 'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects.\n\n What is missing is made, with its namespace; rules and subjects that are missing are added. Extra ones go only with the flags for it. A binding that gives another role is made anew.',
  examples: ['# What a file says', 'kubectl auth reconcile -f my-rbac-rules.yaml'],
  usage: '-f FILENAME',
  flags: {
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    'remove-extra-permissions': { kind: 'bool', default: false, summary: 'Remove rules that the file lacks.' },
    'remove-extra-subjects': { kind: 'bool', default: false, summary: 'Remove subjects that the file lacks.' },
  },
  run: async (invocation) => {
    if (!namesFiles(invocation)) throw new KubectlError('must specify one of -f and -k')
    const { targets, errors } = await select(invocation, { args: [] })
    const print = await resultPrinter(invocation)
    for (const target of targets) {
      if (target.kind !== 'manifest' || target.type.group !== 'rbac.authorization.k8s.io') continue
      const outcome = reconcileOne(invocation, target.manifest)
      print(target.type, outcome.object, 'reconciled')
      tell(invocation, outcome)
    }
    throwAll(errors)
    return 0
  },
})

type Rule = Kube.PolicyRule
type Subject = Kube.RbacV1Subject
type RbacObject = KubeObject & {
  readonly rules?: readonly Rule[]
  readonly subjects?: readonly Subject[]
  readonly roleRef?: JsonValue
}

interface Outcome {
  readonly object: KubeObject
  readonly operation: 'none' | 'create' | 'update' | 'recreate'
  readonly missingRules: readonly Rule[]
  readonly extraRules: readonly Rule[]
  readonly missingSubjects: readonly Subject[]
  readonly extraSubjects: readonly Subject[]
}

const NOTHING = { missingRules: [], extraRules: [], missingSubjects: [], extraSubjects: [] } as const

function reconcileOne(invocation: Invocation, manifest: Manifest): Outcome {
  const wanted = manifest.object as RbacObject
  const live = liveObject(invocation, manifest)
  const { rules = [], subjects = [] } = wanted
  if (!live)
    return {
      ...NOTHING,
      operation: 'create',
      object: write(invocation, manifest, wanted, 'POST'),
      missingRules: rules,
      missingSubjects: subjects,
    }
  const again = wanted.roleRef !== undefined && !equal(wanted.roleRef, live.roleRef)
  if (again) return { ...NOTHING, operation: 'recreate', object: recreate(invocation, manifest, wanted) }
  return wanted.roleRef === undefined
    ? reconcileRules(invocation, manifest, live, rules)
    : reconcileSubjects(invocation, manifest, live, subjects)
}

function reconcileRules(invocation: Invocation, manifest: Manifest, live: RbacObject, rules: readonly Rule[]): Outcome {
  const known = live.rules ?? []
  const missing = missingRules(known, rules)
  const extra = missingRules(rules, known)
  const removes = invocation.flags.bool('remove-extra-permissions')
  const next = removes && extra.length > 0 ? rules : [...known, ...missing]
  const changes = missing.length > 0 || (removes && extra.length > 0)
  return {
    ...NOTHING,
    operation: changes ? 'update' : 'none',
    missingRules: missing,
    extraRules: extra,
    object: changes ? write(invocation, manifest, { ...live, rules: next }, 'PUT') : live,
  }
}

function reconcileSubjects(
  invocation: Invocation,
  manifest: Manifest,
  live: RbacObject,
  subjects: readonly Subject[],
): Outcome {
  const same = (a: Subject, b: Subject) => a.kind === b.kind && a.name === b.name && a.namespace === b.namespace
  const known = live.subjects ?? []
  const missing = subjects.filter((one) => !known.some((other) => same(one, other)))
  const extra = known.filter((one) => !subjects.some((other) => same(one, other)))
  const removes = invocation.flags.bool('remove-extra-subjects')
  const changes = missing.length > 0 || (removes && extra.length > 0)
  const kept = removes ? known.filter((one) => !extra.includes(one)) : known
  return {
    ...NOTHING,
    operation: changes ? 'update' : 'none',
    missingSubjects: missing,
    extraSubjects: extra,
    object: changes ? write(invocation, manifest, { ...live, subjects: [...kept, ...missing] }, 'PUT') : live,
  }
}

function liveObject({ api }: Invocation, { type, namespace, name }: Manifest): RbacObject | undefined {
  try {
    return api.get<RbacObject>(resourcePath(type, namespace, name))
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

function write(invocation: Invocation, manifest: Manifest, body: RbacObject, method: 'POST' | 'PUT'): KubeObject {
  const { type, namespace, name } = manifest
  const dryRun = dryRunOf(invocation)
  if (dryRun === 'client') return body
  if (method === 'POST' && namespace && dryRun === 'none') ensureNamespace(invocation, namespace)
  return invocation.api.send(method, resourcePath(type, namespace, method === 'PUT' ? name : undefined), {
    body,
    query: dryRun === 'server' ? { dryRun: 'All' } : {},
  }) as KubeObject
}

function recreate(invocation: Invocation, manifest: Manifest, wanted: RbacObject): KubeObject {
  if (dryRunOf(invocation) !== 'none') return wanted
  invocation.api.send('DELETE', resourcePath(manifest.type, manifest.namespace, manifest.name))
  return write(invocation, manifest, wanted, 'POST')
}

function ensureNamespace({ api }: Invocation, name: string): void {
  try {
    api.get(`/api/v1/namespaces/${name}`)
  } catch (error) {
    if (!isNotFound(error)) throw error
    api.send('POST', '/api/v1/namespaces', { body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } })
  }
}

function tell({ context, flags }: Invocation, outcome: Outcome): void {
  if (outcome.operation === 'none') return
  const list = (title: string, texts: readonly string[]) => {
    if (texts.length > 0) context.err(`\t${title}:\n${texts.map((text) => `\t\t${text}\n`).join('')}`)
  }
  context.err(`\treconciliation required ${outcome.operation}\n`)
  list('missing rules added', outcome.missingRules.map(ruleText))
  if (flags.bool('remove-extra-permissions')) list('extra rules removed', outcome.extraRules.map(ruleText))
  list('missing subjects added', outcome.missingSubjects.map(subjectText))
  if (flags.bool('remove-extra-subjects')) list('extra subjects removed', outcome.extraSubjects.map(subjectText))
}

/** Go's %+v of the structs. */
function ruleText({ verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }: Rule): string {
  const list = (words: readonly string[]) => `[${words.join(' ')}]`
  return `{Verbs:${list(verbs)} APIGroups:${list(apiGroups)} Resources:${list(resources)} ResourceNames:${list(resourceNames)} NonResourceURLs:${list(nonResourceURLs)}}`
}

const subjectText = ({ kind, apiGroup = '', name, namespace = '' }: Subject) =>
  `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`
