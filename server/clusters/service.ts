import { exerciseHint, exerciseScript } from '../../curriculum/exercises.ts'
import { gradeExercise } from '../../curriculum/grade.ts'
import type { Locale } from '../../curriculum/types.ts'
import { createAllowance } from '../allowance.ts'
import { issueApiKey } from '../data/api-keys.ts'
import { refuseConnection, tooMany } from './api-streams.ts'
import { createClusterShelf, type Entry } from './cluster-shelf.ts'
import { terminalEvidence } from './evidence.ts'
import { type ClusterRef, type ClusterService, ClusterUnavailable } from './seam.ts'

const TOO_FAST = 'This cluster was asked too much at once; wait a second.'

/** The cluster service in this very process. */
export function createClusterService(): ClusterService {
  const shelf = createClusterShelf()
  const asking = new WeakMap<Entry, ReturnType<typeof createAllowance>>()
  const grading = new WeakMap<Entry, ReturnType<typeof createAllowance>>()

  const mayAsk = (entry: Entry): boolean => {
    const allowance = asking.get(entry) ?? createAllowance({ burst: 400, perSecond: 100 })
    asking.set(entry, allowance)
    return allowance.take()
  }
  const mayGrade = (entry: Entry): void => {
    const allowance = grading.get(entry) ?? createAllowance({ burst: 5, perSecond: 1 })
    grading.set(entry, allowance)
    if (!allowance.take()) throw new ClusterUnavailable('overloaded', 'Too many checks at once; wait a second.')
  }

  return {
    async join(ref, hello, send) {
      const entry = await shelf.get(ref)
      return entry.pages.join(entry.live, hello, send)
    },
    async request(ref, request, answer) {
      const entry = await shelf.get(ref)
      return mayAsk(entry) ? entry.live.request(request, answer) : tooMany(answer, TOO_FAST)
    },
    async connect(ref, request) {
      const entry = await shelf.get(ref)
      return mayAsk(entry) ? entry.live.connect(request) : refuseConnection(TOO_FAST)
    },
    async grade(ref) {
      const entry = await shelf.get(ref)
      mayGrade(entry)
      entry.live.touch()
      await shelf.keepNow(entry)
      return gradeExercise(exerciseOf(ref), entry.seed, entry.live.cluster)
    },
    async evidence(ref) {
      const slug = exerciseOf(ref)
      const entry = await shelf.get(ref)
      mayGrade(entry)
      entry.live.touch()
      const { seed, live } = entry
      const { snapshot, terminals } = live.save()
      const verdict = await gradeExercise(slug, seed, live.cluster).catch((error: unknown) => {
        console.error(`A report found that ${ref.workspace} cannot be graded:`, error)
        return undefined
      })
      return { seed, snapshot, terminals: terminalEvidence(terminals), verdict }
    },
    async reset(ref) {
      await shelf.rebuild(await shelf.get(ref))
    },
    async undoReset(ref) {
      return shelf.bringBack(await shelf.get(ref))
    },
    async reveal(ref, what, locale) {
      const { seed } = await shelf.get(ref)
      const text = revealed(exerciseOf(ref), what, locale, seed)
      if (text === undefined) throw new ClusterUnavailable('not-found', `${ref.workspace} has no ${what}.`)
      return text
    },
    async issueApiKey(ref) {
      await shelf.keepNow(await shelf.get(ref))
      return issueApiKey(ref)
    },
    flush: () => shelf.close(),
  }
}

function exerciseOf({ workspace }: ClusterRef): string {
  const slug = /^exercise:(.+)$/.exec(workspace)?.[1]
  if (slug === undefined) throw new ClusterUnavailable('not-found', `${workspace} is not an exercise.`)
  return slug
}

function revealed(slug: string, what: 'hint-1' | 'hint-2' | 'solution', locale: Locale, seed: string) {
  if (what === 'solution') return exerciseScript(slug, 'solution.sh', seed)
  return exerciseHint(slug, what === 'hint-1' ? 1 : 2, locale, seed)
}
