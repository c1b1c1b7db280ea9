/** Every code block of every lesson, typed into the lesson's own terminal, prints what the text says. */
import { describe, expect, it } from 'vitest'
import { virtualTime } from '../terminal/time.ts'
import { lessonSlugs, loadLesson } from './lessons.ts'
import { diagramNames } from './mdx-components.ts'
import type { CodeBlock } from './mdx-outline.ts'
import { matches, sitDown } from './testing/typist.ts'
import { prepareCluster, workspaceSpec } from './workspaces.ts'

/** `edit="30008/8080"`: what the reader is asked to change in the editor that the block opens; `\\n` is a line break. */
const editOf = ({ meta }: CodeBlock): readonly [string, string] | undefined => {
  const [, from, to] = /edit="([^/"]+)\/([^"]+)"/.exec(meta) ?? []
  return from === undefined || to === undefined ? undefined : [from, to.replaceAll('\\n', '\n')]
}

describe.each(lessonSlugs())('lesson %s', (slug) => {
  it('takes 8 to 15 minutes, asks before it shows, draws, sums up and leads on to a quiz', async () => {
    const lesson = await loadLesson(slug, 'en')
    const count = (names: readonly string[]) => lesson?.components.filter((name) => names.includes(name)).length
    expect(lesson?.meta.minutes).toBeGreaterThanOrEqual(8)
    expect(lesson?.meta.minutes).toBeLessThanOrEqual(15)
    expect(count(['Predict'])).toBeGreaterThanOrEqual(2)
    expect(count(diagramNames)).toBeGreaterThanOrEqual(1)
    expect(count(['Recap'])).toBe(1)
    expect(count(['QuizLink'])).toBe(1)
  })

  it('runs every code block, and each prints what the text claims', async () => {
    const lesson = await loadLesson(slug, 'en')
    const spec = workspaceSpec(`lesson:${slug}`, 'test')
    if (lesson === undefined || spec === undefined) throw new Error(`no lesson ${slug}`)
    const cluster = prepareCluster(spec, { seed: 'lesson', startTime: Date.UTC(2026, 0, 1) })
    let edit: readonly [string, string] | undefined
    const terminal = sitDown({
      cluster,
      time: virtualTime(cluster),
      machine: spec.machine,
      user: spec.user,
      editor: async ({ text }) =>
        edit ? { saved: true, text: text.replace(edit[0], edit[1]) } : { saved: false, text },
    })
    const wrong: string[] = []
    for (const [i, block] of lesson.blocks.entries()) {
      if (!/\brun\b/.test(block.meta)) continue
      edit = editOf(block)
      const lines: string[] = []
      for (const line of block.text.trimEnd().split('\n')) lines.push(await terminal.type(line))
      const printed = lines.filter((line) => line !== '').join('\n')
      const status = await terminal.type('echo $?')
      cluster.settle(5)
      const next = lesson.blocks[i + 1]
      const claim = next?.language === 'console' ? next.text : undefined
      if (claim !== undefined && !matches(claim, printed))
        wrong.push(`$ ${block.text}${printed}\n--- claimed:\n${claim}`)
      if (claim === undefined && status.trim() !== '0') wrong.push(`$ ${block.text}${printed}\n--- exit code ${status}`)
    }
    terminal.dispose()
    expect(wrong).toEqual([])
  })
})
