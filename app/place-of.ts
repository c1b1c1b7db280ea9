import 'server-only'
import { getTranslations } from 'next-intl/server'
import { exerciseMeta } from '@/curriculum/exercises.ts'
import { loadLesson } from '@/curriculum/lessons.ts'
import type { Locale } from '@/i18n/routing.ts'

/** A workspace by name, and where it is; no address for what only its owner can open. */
export async function placeOf(workspace: string, locale: Locale): Promise<{ title: string; href?: string }> {
  const t = await getTranslations({ locale, namespace: 'shared' })
  const [kind, slug = ''] = workspace.split(':')
  if (kind === 'lesson') {
    const lesson = await loadLesson(slug, locale)
    if (lesson) return { title: t('lessonPlace', { title: lesson.meta.title }), href: `/lessons/${slug}` }
  }
  if (kind === 'exercise') {
    const title = exerciseMeta(slug)?.title[locale]
    if (title) return { title: t('exercisePlace', { title }), href: `/exercises/${slug}` }
  }
  return kind === 'home' ? { title: t('homePlace'), href: '/' } : { title: t('otherPlace') }
}
