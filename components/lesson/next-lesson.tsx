'use client'
import { type NextStep, NextStepLink } from './next-step.tsx'
import { useProgress } from './progress-provider.tsx'

/** The step after a lesson; the way on once the lesson is finished. */
export function NextLesson({ slug, next }: { readonly slug: string; readonly next: NextStep | undefined }) {
  const { marks } = useProgress()
  return <NextStepLink next={next} tone={marks[`lesson/${slug}`] === 'done' ? 'primary' : 'plain'} />
}
