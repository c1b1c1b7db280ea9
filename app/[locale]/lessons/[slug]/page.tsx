import { getMDXComponent } from 'mdx-bundler/client'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { loadCourse, stepAfter, trackOf } from '@/app/course.ts'
import { domainLabels } from '@/app/domain-labels.ts'
import { onwardTitles } from '@/app/onward.ts'
import { workspaceActions } from '@/app/workspace.ts'
import { SheetLinks } from '@/components/cheat-sheet/sheet-links.tsx'
import { Finish } from '@/components/lesson/finish.tsx'
import { LessonHead } from '@/components/lesson/lesson-head.tsx'
import { mdxComponents } from '@/components/lesson/mdx-components.tsx'
import { NextLesson } from '@/components/lesson/next-lesson.tsx'
import { ProgressProvider } from '@/components/lesson/progress-provider.tsx'
import { TrackBar } from '@/components/lesson/track-bar.tsx'
import { TrackMap } from '@/components/lesson/track-map.tsx'
import { NoScriptNote } from '@/components/site/no-script-note.tsx'
import { Icon } from '@/components/ui/icons.tsx'
import { WorkspaceProvider } from '@/components/workspace/provider.tsx'
import { WorkspacePane } from '@/components/workspace/workspace-pane.tsx'
import { listCheatSheets } from '@/curriculum/cheat-sheets.ts'
import { lessonSlugs, loadLesson } from '@/curriculum/lessons.ts'
import { pageLocale } from '@/i18n/locale-params.ts'
import { complete, visit } from '../actions.ts'

interface LessonPageProps {
  readonly params: Promise<{ locale: string; slug: string }>
}

export const dynamicParams = false
export const generateStaticParams = () => lessonSlugs().map((slug) => ({ slug }))

export async function generateMetadata({ params }: LessonPageProps): Promise<Metadata> {
  const lesson = await loadLesson((await params).slug, await pageLocale(params))
  return lesson ? { title: lesson.meta.title, description: lesson.meta.summary } : {}
}

export default async function LessonPage({ params }: LessonPageProps) {
  const locale = await pageLocale(params)
  const { slug } = await params
  const lesson = await loadLesson(slug, locale)
  if (!lesson) notFound()
  const [t, tLesson, course, titles] = await Promise.all([
    getTranslations('site'),
    getTranslations('lesson'),
    loadCourse(locale),
    onwardTitles(locale),
  ])
  const Text = getMDXComponent(lesson.code)
  const map = <TrackMap track={trackOf(course, slug)} current={slug} headings={lesson.headings} />
  return (
    <WorkspaceProvider workspace={`lesson:${slug}`} locale={locale} actions={workspaceActions}>
      <ProgressProvider slug={slug} actions={{ visit, complete }}>
        <div data-panes className="workspace-page has-track">
          <aside
            id="track-column"
            className="track-column sticky top-(--header) h-[calc(100dvh-var(--header))] overflow-y-auto border-r border-line px-3 py-8"
          >
            {map}
          </aside>
          <main id="content" tabIndex={-1} className="min-w-0 outline-none">
            <TrackBar map={map}>
              <Icon name="clock" className="size-3.5" />
              {t('minutes', { minutes: lesson.meta.minutes })}
              <span className="truncate max-[480px]:hidden">{tLesson('fromNote', { note: lesson.meta.note })}</span>
            </TrackBar>
            <article className="prose mx-auto px-5 pt-8 pb-16 sm:px-6">
              <LessonHead meta={lesson.meta} domains={domainLabels(lesson.meta.domains, locale)} />
              <NoScriptNote />
              <Text components={mdxComponents(titles)} />
              <SheetLinks sheets={listCheatSheets(locale).filter(({ lessons }) => lessons.includes(slug))} />
              <div className="mt-12! flex flex-wrap items-center justify-between gap-4 border-t border-line pt-6">
                <Finish slug={slug} />
                <NextLesson slug={slug} next={stepAfter(course, `/lessons/${slug}`)} />
              </div>
            </article>
          </main>
          <WorkspacePane />
        </div>
      </ProgressProvider>
    </WorkspaceProvider>
  )
}
