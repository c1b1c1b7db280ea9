/** Every code block of every lesson runs in the lesson's own terminal and prints what the text says. */
import { describe, expect, it } from 'vitest'
import { createSession } from '../terminal/session.ts'
import { virtualTime } from '../terminal/time.ts'
import { lessonSlugs, loadLesson } from './lessons.ts'
import type { CodeBlock } from './mdx.ts'
import { prepareCluster, workspaceSpec } from './workspaces.ts'

/** Do these lines match the claim, in which `…` stands for anything? */
const matches = (claim: string, printed: string): boolean => {
  const escaped = claim
    .trim()
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('[^]*')}$`).test(printed.trim())
}

/** curl shows its progress meter where stdout is no terminal, as here; the reader does not see it. */
const withoutMeter = (text: string): string =>
  text.replace(/^ +% Total[^\n]*\n +Dload[^\n]*\n(?:[^\n]*--:--:--[^\n]*\n)+/gm, '')

/** `edit="30008/8080"`: what the reader is asked to change in the editor that the block opens. */
const editOf = ({ meta }: CodeBlock): readonly [string, string] | undefined => {
  const [, from, to] = /edit="([^/"]+)\/([^"]+)"/.exec(meta) ?? []
  return from === undefined || to === undefined ? undefined : [from, to]
}

describe.each(lessonSlugs())('lesson %s', (slug) => {
  it('runs every code block, and each prints what the text claims', async () => {
    const lesson = await loadLesson(slug, 'en')
    const spec = workspaceSpec(`lesson:${slug}`, 'test')
    if (lesson === undefined || spec === undefined) throw new Error(`no lesson ${slug}`)
    const cluster = prepareCluster(spec, { seed: 'lesson', startTime: Date.UTC(2026, 0, 1) })
    let edit: readonly [string, string] | undefined
    const session = createSession({
      cluster,
      time: virtualTime(cluster),
      machine: spec.machine,
      user: spec.user,
      editor: async ({ text }) => ({
        saved: edit !== undefined,
        text: edit === undefined ? text : text.replace(edit[0], edit[1]),
      }),
    })
    const wrong: string[] = []
    for (const [i, block] of lesson.blocks.entries()) {
      if (!/\brun\b/.test(block.meta)) continue
      edit = editOf(block)
      const { stdout, stderr, code } = await session.run(block.text)
      cluster.settle(5)
      const next = lesson.blocks[i + 1]
      const claim = next?.language === 'console' ? next.text : undefined
      const printed = withoutMeter(stdout + stderr)
      if (claim !== undefined && !matches(claim, printed)) wrong.push(`$ ${block.text}${printed}--- claimed:\n${claim}`)
      if (claim === undefined && code !== 0) wrong.push(`$ ${block.text}${printed}--- exit code ${code}`)
    }
    expect(wrong).toEqual([])
  })
})
