import { getMDXComponent } from 'mdx-bundler/client'
import type { ReactNode } from 'react'
import { loadCourse, stepAfter } from '@/app/course.ts'
import { onwardTitles } from '@/app/onward.ts'
import { Explanation } from '@/components/exercise/explanation.tsx'
import { mdxComponents } from '@/components/lesson/mdx-components.tsx'
import { loadExplanation } from '@/curriculum/exercises.ts'
import type { Locale } from '@/i18n/routing.ts'

/** Why the solution works, and the step behind this exercise: what a full pass shows. `seed` is the attempt's. */
export async function explanationOf(slug: string, locale: Locale, seed: string): Promise<ReactNode> {
  const [titles, course, code] = await Promise.all([
    onwardTitles(locale),
    loadCourse(locale),
    loadExplanation(slug, locale, seed),
  ])
  if (code === undefined) return undefined
  const Why = getMDXComponent(code)
  return (
    <Explanation next={stepAfter(course, `/exercises/${slug}`)}>
      <Why components={mdxComponents(titles)} />
    </Explanation>
  )
}
