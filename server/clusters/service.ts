import { exerciseHint, exerciseScript } from '../../curriculum/exercises.ts'
import { gradeExercise } from '../../curriculum/grade.ts'
import type { Locale } from '../../curriculum/types.ts'
import { createAllowance } from '../allowance.ts'
import { issueApiKey } from '../data/api-keys.ts'
import { createCheckpoint } from '../data/checkpoints.ts'
import { createSharedState } from '../data/shared-states.ts'
import type { ServerMessage } from '../protocol.ts'
import { refuseConnection, tooMany } from './api-streams.ts'
import { BUDGETS } from './budgets.ts'
import { createClusterShelf, type Entry } from './cluster-shelf.ts'
import { terminalEvidence } from './evidence.ts'
import { createMoves } from './moves.ts'
import { type ClusterRef, type ClusterService, ClusterUnavailable } from './seam.ts'
import { createTurns } from './turns.ts'

const TOO_FAST = 'This cluster was asked too much at once; wait a second.'

/** The cluster service in this very process. */
export function createClusterService(): ClusterService {
  const shelf = createClusterShelf()
  const moves = createMoves(shelf)
  const mayAsk = allowanceOfEach({ burst: 400, perSecond: 100 })
  const mayCheck = allowanceOfEach({ burst: 5, perSecond: 1 })
  const mayMove = allowanceOfEach({ burst: 20, perSecond: 4 })
  const keepingTurn = createTurns<Entry>()
  const mayKeep = allowanceOfEach({ burst: 6, perSecond: 0.2 })

  const mayGrade = (entry: Entry): void => {
    if (!mayCheck(entry)) throw new ClusterUnavailable('overloaded', 'Too many checks at once; wait a second.')
  }
  const requireMove = (entry: Entry): void => {
    if (!mayMove(entry)) throw new ClusterUnavailable('overloaded', TOO_FAST)
  }
  const stepFor = (entry: Entry, to: 'undo' | 'redo', send: (message: ServerMessage) => boolean) => {
    const { timeline } = entry
    if (!timeline[to]) return
    const failed = (detail?: string) => void send({ type: 'notice', code: 'not-moved', ...(detail && { detail }) })
    if (!mayMove(entry)) return failed(TOO_FAST)
    moves.step(entry, to).then(
      (moved) => moved || failed(),
      (error: unknown) => {
        console.error('A step could not be done:', error)
        failed()
      },
    )
  }

  return {
    async join(ref, hello, send) {
      const entry = await shelf.get(ref)
      const joined = entry.pages.join(entry.live, hello, send)
      return {
        ...joined,
        message: (message) => (message.type === 'step' ? stepFor(entry, message.to, send) : joined.message(message)),
      }
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
      const entry = await shelf.get(ref)
      requireMove(entry)
      await moves.reset(entry)
    },
    async step(ref, to) {
      return moves.step(await shelf.get(ref), to)
    },
    async saveCheckpoint(ref, name) {
      const entry = await shelf.get(ref)
      if (!mayKeep(entry)) return 'too-fast'
      return keepingTurn(entry, async () => {
        entry.live.touch()
        await shelf.keepNow(entry)
        return createCheckpoint(ref, name, entry.text(entry.live.state()), {
          most: BUDGETS.checkpoints,
          characters: BUDGETS.stateCharacters,
        })
      })
    },
    async goToCheckpoint(ref, id) {
      const entry = await shelf.get(ref)
      requireMove(entry)
      return moves.goToCheckpoint(entry, id)
    },
    async share(ref) {
      const entry = await shelf.get(ref)
      if (!mayKeep(entry)) return 'too-fast'
      return keepingTurn(entry, async () => {
        entry.live.touch()
        await shelf.keepNow(entry)
        const { snapshot } = entry.live.state()
        return createSharedState(
          ref.learnerId,
          { ...entry.origin.seat, workspace: ref.workspace, state: entry.text({ snapshot }) },
          { most: BUDGETS.sharedStates, days: BUDGETS.sharedDays, characters: BUDGETS.stateCharacters },
        )
      })
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

/** An allowance for each cluster, made when it is first asked. */
function allowanceOfEach(rate: Parameters<typeof createAllowance>[0]): (entry: Entry) => boolean {
  const allowances = new WeakMap<Entry, ReturnType<typeof createAllowance>>()
  return (entry) => {
    const allowance = allowances.get(entry) ?? createAllowance(rate)
    allowances.set(entry, allowance)
    return allowance.take()
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
