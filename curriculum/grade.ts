/** Grades an exercise: the learner's cluster beside the reference solution's, criterion by criterion. */
import { type Cluster, decidingHop, type Hop, restoreCluster, type Trace } from '../emulator/index.ts'
import { createSession } from '../terminal/session.ts'
import { virtualTime } from '../terminal/time.ts'
import { type Observation, PROBE_POD } from './checks/check.ts'
import { exerciseDefinition, exerciseScript, exerciseValues } from './exercises.ts'
import { diffFacts } from './fact-diff.ts'
import { remember } from './remember.ts'
import type { CheckDefinition, ExerciseDefinition } from './schemas.ts'
import { traceText } from './trace-texts.ts'
import type { CriterionResult, GradeReport, Localised, WorkspaceSpec } from './types.ts'
import { substituteAll, type Values } from './variables.ts'
import { applyManifest, prepareCluster, workspaceSpec } from './workspaces.ts'

/** Virtual seconds that a cluster gets to come to rest before it is judged, so that a check right after a command is fair. */
const SETTLE_SECONDS = 30
/** When reference clusters are born; nothing that checks read depends on it. */
export const REFERENCE_TIME = Date.UTC(2026, 0, 1)

/**
 * Judges the cluster as it stands, in a copy of its own: the learner's cluster is not touched. `seed` is the attempt's.
 * Throws for a slug that names no exercise.
 */
export async function gradeExercise(slug: string, seed: string, cluster: Cluster): Promise<GradeReport> {
  const definition = exerciseDefinition(slug)
  if (definition === undefined) throw new Error(`no exercise ${slug}`)
  const values = exerciseValues(slug, seed)
  const fill = <T>(value: T): T => substituteAll(value, values)
  const checks = definition.checks.map((check) => ({ ...check, check: check.check.with(fill) }))
  const [expected, yours] = [await reference(slug, seed, checks), observeCopy(cluster, checks)]
  const criteria = checks.map((check, i) => judge(fillTexts(check, values), yours[i], expected[i]))
  return {
    points: criteria.reduce((sum, criterion) => sum + criterion.earned, 0),
    outOf: criteria.reduce((sum, criterion) => sum + criterion.points, 0),
    criteria,
  }
}

/** What the checks see in a cluster in which the reference solution ran; kept per exercise and values. */
function reference(slug: string, seed: string, checks: readonly CheckDefinition[]): Promise<readonly Observation[]> {
  return remember(`reference/${slug}/${JSON.stringify(exerciseValues(slug, seed))}`, async () => {
    const spec = workspaceSpec(`exercise:${slug}`, seed)
    const script = exerciseScript(slug, 'solution.sh', seed)
    if (spec === undefined || script === undefined) throw new Error(`exercise ${slug} has no solution.sh`)
    const cluster = prepareCluster(spec, { seed: `reference/${slug}`, startTime: REFERENCE_TIME })
    await runScript(cluster, spec, script)
    return observeCopy(cluster, checks)
  })
}

/** Runs a script line by line as the learner would, in virtual time, and lets the cluster come to rest. Returns what it printed. */
export async function runScript(
  cluster: Cluster,
  spec: Pick<WorkspaceSpec, 'machine' | 'user'>,
  script: string,
): Promise<string> {
  const session = createSession({ cluster, time: virtualTime(cluster), machine: spec.machine, user: spec.user })
  const { stdout, stderr } = await session.run(script)
  session.dispose()
  cluster.settle(SETTLE_SECONDS)
  return stdout + stderr
}

/** What checks see in a copy of the cluster that has come to rest. */
export function observeCopy(
  cluster: Cluster,
  checks: readonly Pick<CheckDefinition, 'check'>[],
): readonly Observation[] {
  const copy = restoreCluster(cluster.snapshot())
  for (const namespace of new Set(checks.flatMap(({ check }) => check.probeNamespaces)))
    applyManifest(copy, probePod(namespace))
  copy.settle(SETTLE_SECONDS)
  return checks.map(({ check }) => check.observe(copy))
}

const probePod = (namespace: string): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${PROBE_POD}, namespace: ${namespace}}, spec: {containers: [{name: probe, image: busybox, command: [sleep, '3600']}]}}`

type Texts = Pick<ExerciseDefinition['checks'][number], 'id' | 'points' | 'title' | 'why' | 'proof'>

const fillTexts = ({ id, points, title, why, proof }: CheckDefinition, values: Values): Texts =>
  substituteAll({ id, points, title, why, proof }, values)

function judge(
  { id, points, title, why, proof }: Texts,
  yours: Observation | undefined,
  expected: Observation | undefined,
): CriterionResult {
  if (yours === undefined || expected === undefined) throw new Error(`criterion ${id} was not observed`)
  const passed = isMet(expected, yours)
  if (passed) return { id, title, points, earned: points, passed, proof }
  const missing = lacking(expected.facts, yours.facts)
  const extra = lacking(yours.facts, expected.facts)
  const present = extra.length > 0 ? extra : yours.facts
  return {
    id,
    title,
    points,
    earned: 0,
    passed,
    yours: present.length > 0 || yours.absent === undefined ? lines(present) : yours.absent,
    expected: lines(missing.length > 0 ? missing : expected.facts),
    why: explain(why, yours.hop),
    rows: diffFacts(yours.facts, expected.facts, expected.exact ?? false),
    ...(yours.trace && { trace: decided(yours.trace) }),
  }
}

/** Plain data, since hops write their texts when they are read, and the hop that decided. */
function decided(trace: Trace): NonNullable<CriterionResult['trace']> {
  const hop = decidingHop(trace)
  const hops = trace.hops.map((one) => ({
    ...one,
    text: one.text,
    subject: { ...one.subject },
    params: { ...one.params },
  }))
  return { ...trace, hops, ...(hop && { decides: trace.hops.indexOf(hop) }) }
}

/** Do all facts of the solution hold, and where the check is exact, no others? */
export function isMet(expected: Observation, yours: Observation): boolean {
  if (expected.facts.length === 0 || lacking(expected.facts, yours.facts).length > 0) return false
  return !expected.exact || lacking(yours.facts, expected.facts).length === 0
}

/** Facts of the first list that the second does not have. */
const lacking = (facts: readonly Localised[], others: readonly Localised[]): readonly Localised[] =>
  facts.filter((fact) => !others.some((other) => other.en === fact.en))

const lines = (facts: readonly Localised[]): Localised => ({
  ko: facts.map((fact) => fact.ko).join('\n'),
  en: facts.map((fact) => fact.en).join('\n'),
})

/** The network's own reason first, with the learner's objects in it; then the author's sentence. */
function explain(why: Localised, hop: Hop | undefined): Localised {
  if (hop === undefined) return why
  return { ko: `${traceText(hop, 'ko')} ${why.ko}`, en: `${traceText(hop, 'en')} ${why.en}` }
}
