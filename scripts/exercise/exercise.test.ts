import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { exerciseScript } from '../../curriculum/exercises.ts'
import { runScript } from '../../curriculum/grade.ts'
import { findMistakes } from '../../curriculum/mistakes/index.ts'
import { isUnwritten } from '../../curriculum/mistakes/unwritten.ts'
import { inContent, tinyContent } from '../../curriculum/testing/tiny-content.ts'
import { prepareCluster, workspaceSpec } from '../../curriculum/workspaces.ts'
import { checkExercise } from './check.ts'
import { scaffold } from './new.ts'
import { tryExercise } from './try.ts'

/** Nothing is remembered between the contents of these tests, so every proof runs the solution anew. */
vi.setConfig({ testTimeout: 180_000 })
beforeAll(() => void vi.stubEnv('NODE_ENV', 'development'))
afterAll(() => void vi.unstubAllEnvs())

const EXERCISE = 'exercises/services/open-a-port'
const checked = async (slug: string) => {
  const lines: string[] = []
  const holds = await checkExercise(slug, (line) => lines.push(line))
  return { holds, text: lines.join('\n') }
}

describe('a new exercise', () => {
  it('is right in everything but what its author has to write, which check names', () =>
    inContent(tinyContent, async () => {
      expect(scaffold('services/brand-new')).toBe('content/exercises/services/brand-new')
      const mistakes = await findMistakes()
      expect(mistakes.length).toBeGreaterThan(15)
      expect(mistakes.filter((mistake) => !isUnwritten(mistake))).toEqual([])
      const { holds, text } = await checked('brand-new')
      expect(holds).toBe(false)
      expect(text).toContain('brand-new/exercise.yaml:1: still to be written: the title')
      expect(text).toMatch(/mistakes\/wrong-port\.sh +fail as named +0\/10 +0\/10 +0\/10 +ok/)
      expect(text).toMatch(/\nEvery script does what it must\. \d+ places are still to be written\.$/)
    }))

  it.each(['brand-new', 'Services/x', 'services/../x', 'services/open-a-port'])('is not made of %s', (name) =>
    inContent(tinyContent, async () =>
      expect(() => scaffold(name)).toThrow(/is not topic\/slug|has this slug already/),
    ),
  )
})

describe('check', () => {
  it('proves every script in three attempts', () =>
    inContent(tinyContent, async () => {
      const { holds, text } = await checked('open-a-port')
      expect(text).toMatch(/\(untouched\) +no points +0\/1 +0\/1 +0\/1 +ok/)
      expect(text).toMatch(/solution\.sh +all points +1\/1 +1\/1 +1\/1 +ok/)
      expect(text).toMatch(/\nEverything holds\.$/)
      expect(holds).toBe(true)
    }))

  it('shows what a script met that does not do what it must', () =>
    inContent({ ...tinyContent, [`${EXERCISE}/alternatives/two.sh`]: 'echo nothing done\n' }, async () => {
      const { holds, text } = await checked('open-a-port')
      expect(text).toMatch(/alternatives\/two\.sh +all points +0\/1 +0\/1 +0\/1 +NO/)
      expect(text).toMatch(/attempt one: fails on named, must fail on nothing/)
      expect(text).toMatch(/yours +no Service ".+" in namespace "default"/)
      expect(text).toMatch(/it printed:\n +nothing done/)
      expect(holds).toBe(false)
    }))

  it('says what is wrong with the files first', () =>
    inContent({ ...tinyContent, [`${EXERCISE}/mistakes/two.sh`]: '# fails: other\ntrue\n' }, async () => {
      const { holds, text } = await checked('open-a-port')
      expect(text).toMatch(/mistakes\/two\.sh:1: exercise\.yaml has no check "other"/)
      expect(text).not.toMatch(/untouched/)
      expect(holds).toBe(false)
    }))
})

/** What is on the screen after typing. */
async function typing(slug: string, lines: readonly string[], state?: string): Promise<string> {
  let screen = ''
  async function* typed() {
    for (const line of lines) yield `${line}\r`
  }
  await tryExercise(
    slug,
    { seed: 'one', state },
    { typed: typed(), show: (text) => (screen += text), columns: 120, rows: 40 },
  )
  return screen
}

describe('try', () => {
  it('opens a terminal in which check grades at any time', () =>
    inContent(tinyContent, async () => {
      const solution = exerciseScript('open-a-port', 'solution.sh', 'one')?.trim() ?? ''
      const screen = await typing('open-a-port', ['check', solution, 'check', 'quit'])
      expect(screen).toMatch(/✕ +0\/1 +a[\s\S]*no Service[\s\S]*0\/1 points/)
      expect(screen).toMatch(/exposed[\s\S]*✔ +1\/1 +a[\s\S]*1\/1 points/)
    }))

  it('opens a state that was reported, with its values', () =>
    inContent(tinyContent, async () => {
      const spec = workspaceSpec('exercise:open-a-port', 'two')
      if (spec === undefined) throw new Error('no exercise')
      const cluster = prepareCluster(spec, { seed: 'learner', startTime: Date.UTC(2026, 0, 1) })
      await runScript(cluster, spec, exerciseScript('open-a-port', 'solution.sh', 'two') ?? '')
      writeFileSync(
        'state.json',
        JSON.stringify({ exercise: 'open-a-port', seed: 'two', snapshot: cluster.snapshot() }),
      )
      expect(await typing('open-a-port', ['check', 'quit'], 'state.json')).toMatch(/1\/1 points/)
      await expect(typing('other', [], 'state.json')).rejects.toThrow('There is no exercise "other".')
      writeFileSync('state.json', '{}')
      await expect(typing('open-a-port', [], 'state.json')).rejects.toThrow(/state\.json is no state of a cluster/)
    }))
})
