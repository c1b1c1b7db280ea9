import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkGoalBoxes } from './goal-boxes.ts'
import { compileMdx, noFrontmatter } from './mdx.ts'

const yaml = join(mkdtempSync(join(tmpdir(), 'goals-')), 'lesson.yaml')
writeFileSync(yaml, 'minutes: 5\ngoals:\n  - id: one\n    reach: x\n  - id: two\n    reach: x\n')
const goals = [{ id: 'one' }, { id: 'two' }]
const at = (...ids: string[]) => ids.map((id, i) => ({ id, line: i + 10 }))

describe('boxes and goals', () => {
  it('belong together in any order', () => {
    expect(() => checkGoalBoxes(goals, yaml, at('two', 'one'), 'lesson.en.mdx')).not.toThrow()
  })
  it.each([
    [at('one', 'tow'), /^lesson\.en\.mdx:11: .* has no goal "tow"$/],
    [at('one', 'one', 'two'), /^lesson\.en\.mdx:11: goal "one" has a box already$/],
    [at('one'), /lesson\.yaml:5: lesson\.en\.mdx has no <Goal id="two">$/],
  ])('are a mistake with file and line otherwise', (boxes, message) => {
    expect(() => checkGoalBoxes(goals, yaml, boxes, 'lesson.en.mdx')).toThrow(message)
  })
})

it('a box is found on its line, frontmatter included', async () => {
  const source = '---\n{}\n---\n\n# Title\n\n<Goal id="one">\n\nDo it.\n\n</Goal>\n'
  const { goals: boxes } = await compileMdx(source, 'content/lessons/some/lesson.en.mdx', noFrontmatter)
  expect(boxes).toEqual([{ id: 'one', line: 7 }])
})
