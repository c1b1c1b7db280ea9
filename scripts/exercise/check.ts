import { exerciseFolder, exerciseMeta } from '../../curriculum/exercises.ts'
import { mistakesOfExercise } from '../../curriculum/mistakes/index.ts'
import { isUnwritten } from '../../curriculum/mistakes/unwritten.ts'
import { claimsOf, PROOF_SEEDS, type Proof, prove } from '../../curriculum/prove.ts'
import { StartError } from '../../server/start-error.ts'

/** Finds every mistake of an exercise and proves its scripts; `print` gets line by line what came of it. True if all holds. */
export async function checkExercise(slug: string, print: (line: string) => void): Promise<boolean> {
  if (exerciseFolder(slug) === undefined) throw new StartError(`There is no exercise "${slug}".`)
  const mistakes = await mistakesOfExercise(slug)
  for (const { message } of mistakes) print(message)
  const wrong = mistakes.filter((mistake) => !isUnwritten(mistake)).length
  if (wrong > 0) {
    print(`\n${wrong} ${wrong === 1 ? 'mistake' : 'mistakes'}. The scripts run once the files are right.`)
    return false
  }
  const holds = await proveAll(slug, print)
  print(`\n${mistakes.length === 0 && holds ? 'Everything holds.' : verdict(mistakes.length, holds)}`)
  return mistakes.length === 0 && holds
}

const verdict = (unwritten: number, holds: boolean): string =>
  [
    holds ? 'Every script does what it must.' : 'Not every script does what it must.',
    ...(unwritten > 0 ? [`${unwritten} places are still to be written.`] : []),
  ].join(' ')

const MUST = { nothing: 'no points', everything: 'all points', fail: 'fail as named' } as const

/** One row a script: what it must come to, and its points in each attempt. */
async function proveAll(slug: string, print: (line: string) => void): Promise<boolean> {
  const claims = claimsOf(slug)
  const width = Math.max(...claims.map(({ script }) => (script ?? '(untouched)').length))
  const row = (...[script, must, points, result]: readonly [string, string, readonly string[], string]) =>
    `${script.padEnd(width)}  ${must.padEnd(13)}  ${points.map((text) => text.padEnd(7)).join(' ')}  ${result}`.trimEnd()
  print(`\n${exerciseMeta(slug)?.topic}/${slug}, attempts ${PROOF_SEEDS.join(', ')}\n`)
  print(row('script', 'must', [...PROOF_SEEDS], ''))
  let all = true
  for (const claim of claims) {
    const proofs: Proof[] = []
    for (const seed of PROOF_SEEDS) proofs.push(await prove(slug, claim, seed))
    const holds = proofs.every((proof) => proof.holds)
    all &&= holds
    const points = proofs.map(({ report }) => `${report.points}/${report.outOf}`)
    print(row(claim.script ?? '(untouched)', MUST[claim.must], points, holds ? 'ok' : 'NO'))
    for (const proof of proofs.filter((one) => !one.holds).slice(0, 1)) for (const line of reasons(proof)) print(line)
  }
  return all
}

/** What a proof that does not hold met: the ids, each criterion that differs, and what the script printed. */
function reasons({ seed, failed, named, report, printed }: Proof): readonly string[] {
  const unexpected = report.criteria.filter(({ id }) => failed.includes(id) && !named.includes(id))
  const indented = (text: string, by: number) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => `${' '.repeat(by)}${line}`)
  return [
    `    attempt ${seed}: fails on ${failed.join(' ') || 'nothing'}, must fail on ${named.join(' ') || 'nothing'}`,
    ...unexpected.flatMap(({ id, yours, expected, why }) => [
      `    ${id}: ${why?.en ?? ''}`,
      ...indented(`yours    ${(yours?.en ?? '').replaceAll('\n', '\n         ')}`, 6),
      ...indented(`expected ${(expected?.en ?? '').replaceAll('\n', '\n         ')}`, 6),
    ]),
    ...(printed.trim() === '' ? [] : ['    it printed:', ...indented(printed, 6)]),
  ]
}
