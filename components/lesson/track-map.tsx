import { useTranslations } from 'next-intl'
import type { LessonMeta } from '../../curriculum/types.ts'
import { Link } from '../../i18n/navigation.ts'
import { ProgressMark } from './progress-mark.tsx'

export interface TrackEntry {
  readonly lesson: Pick<LessonMeta, 'slug' | 'title'>
  readonly exercises: readonly { readonly slug: string; readonly title: string }[]
  readonly quiz?: { readonly slug: string; readonly title: string; readonly questions: number }
}
/** One track of the course: its lessons in order, each with its exercises and quiz. */
export interface Track {
  readonly slug: string
  readonly title: string
  readonly summary: string
  readonly entries: readonly TrackEntry[]
}
interface TrackMapProps {
  readonly track: Track
  readonly current: string
  readonly headings: readonly { readonly depth: number; readonly id: string; readonly text: string }[]
}

/** The map of the track, with the open lesson's contents and what there is to do after it. */
export function TrackMap({ track, current, headings }: TrackMapProps) {
  const t = useTranslations('lesson')
  const link = 'block flex-1 rounded-md px-2 py-1.5 leading-5 hover:bg-surface hover:text-ink'
  return (
    <nav aria-label={t('track')} className="text-[0.875rem]">
      <p className="px-2 text-[0.8125rem] font-semibold text-ink-soft">{track.title}</p>
      <ol className="mt-2 space-y-1">
        {track.entries.map(({ lesson, exercises, quiz }) => {
          const here = lesson.slug === current
          return (
            <li key={lesson.slug}>
              <span className="flex items-center gap-1">
                <Link
                  href={`/lessons/${lesson.slug}`}
                  aria-current={here ? 'page' : undefined}
                  className={`${link} ${here ? 'font-semibold text-ink' : 'text-ink-soft'}`}
                >
                  {lesson.title}
                </Link>
                <ProgressMark kind="lesson" slug={lesson.slug} />
              </span>
              {here && (
                <>
                  <ul aria-label={t('contents')} className="mt-1 mb-3 ml-2 border-l border-line pl-2">
                    {headings
                      .filter((heading) => heading.depth === 2)
                      .map((heading) => (
                        <li key={heading.id}>
                          <a href={`#${heading.id}`} className={`${link} text-ink-soft`}>
                            {heading.text}
                          </a>
                        </li>
                      ))}
                  </ul>
                  <ul className="mb-3 ml-2 space-y-0.5 border-l border-line pl-2">
                    {exercises.map(({ slug, title }) => (
                      <li key={slug} className="flex items-center gap-1">
                        <Link href={`/exercises/${slug}`} className={`${link} text-ink-soft`}>
                          <span className="block text-xs text-accent">{t('exercise')}</span>
                          {title}
                        </Link>
                        <ProgressMark kind="exercise" slug={slug} />
                      </li>
                    ))}
                    {quiz && (
                      <li className="flex items-center gap-1">
                        <Link href={`/quizzes/${quiz.slug}`} className={`${link} text-ink-soft`}>
                          <span className="block text-xs text-accent">{t('quiz')}</span>
                          {quiz.title}
                        </Link>
                        <ProgressMark kind="quiz" slug={quiz.slug} />
                      </li>
                    )}
                  </ul>
                </>
              )}
            </li>
          )
        })}
      </ol>
      <Link href="/lessons" className={`${link} mt-4 text-ink-soft`}>
        {t('allTracks')}
      </Link>
    </nav>
  )
}
