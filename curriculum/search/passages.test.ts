import { describe, expect, it } from 'vitest'
import { contentPath, filesIn } from '../files.ts'
import { lessonSlugs, loadLesson } from '../lessons.ts'
import type { Locale } from '../types.ts'
import { passagesOf } from './passages.ts'

it('cuts a text at its headings, and gives words without marks', () => {
  const source = `---
title: A title
---

Before **any** \`heading\`.

## One & two

| a | b |
| --- | --- |
| [c](https://example.com) | d |

<Correction title="The note is wrong">

\`\`\`bash run
kubectl get svc
\`\`\`

### In a box

- first
- second

</Correction>

{/* not a word */}

## One & two
`
  expect(passagesOf(source)).toEqual([
    { heading: '', anchor: '', text: 'Before any heading.' },
    { heading: 'One & two', anchor: 'one--two', text: 'a b c d The note is wrong kubectl get svc' },
    { heading: 'In a box', anchor: 'in-a-box', text: 'first second' },
    { heading: 'One & two', anchor: 'one--two-1', text: '' },
  ])
})

describe.each(lessonSlugs())('lesson %s', (slug) => {
  it.each(['ko', 'en'] satisfies Locale[])('has the anchors that its page has (%s)', async (locale) => {
    const lesson = await loadLesson(slug, locale)
    const source = filesIn(contentPath('lessons', slug)).get(`lesson.${locale}.mdx`) ?? ''
    const anchors = passagesOf(source).flatMap(({ heading, anchor }) => (anchor ? [{ id: anchor, text: heading }] : []))
    expect(anchors).toEqual(lesson?.headings.map(({ id, text }) => ({ id, text })))
  })
})
