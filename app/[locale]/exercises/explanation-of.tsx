import { getMDXComponent } from 'mdx-bundler/client'
import type { ReactNode } from 'react'
import { onwardTitles } from '@/app/onward.ts'
import { Explanation } from '@/components/exercise/explanation.tsx'
import { mdxComponents } from '@/components/lesson/mdx-components.tsx'
import { listExercises, loadExplanation } from '@/curriculum/exercises.ts'
import type { Locale } from '@/i18n/routing.ts'

/** Why the solution works, and the exercise behind this one: what a full pass shows. `seed` is the attempt's. */
export async function explanationOf(slug: string, locale: Locale, seed: string): Promise<ReactNode> {
  const [titles, all, code] = await Promise.all([
    onwardTitles(locale),
    listExercises(),
    loadExplanation(slug, locale, seed),
  ])
  if (code === undefined) return undefined
  const Why = getMDXComponent(code)
  const next = all[all.findIndex((one) => one.slug === slug) + 1]
  return (
    <Explanation next={next && { slug: next.slug, title: next.title[locale] }}>
      <Why components={mdxComponents(titles)} />
    </Explanation>
  )
}
