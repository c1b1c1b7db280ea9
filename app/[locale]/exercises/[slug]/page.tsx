import { getMDXComponent } from 'mdx-bundler/client'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { domainLabels } from '@/app/domain-labels.ts'
import { onwardTitles } from '@/app/onward.ts'
import { workspaceActions } from '@/app/workspace.ts'
import type { AttemptView } from '@/components/exercise/attempt.ts'
import { CheckPanel } from '@/components/exercise/check-panel.tsx'
import { ExerciseHead } from '@/components/exercise/exercise-head.tsx'
import { Hints } from '@/components/exercise/hints.tsx'
import { ReportTask } from '@/components/exercise/report-task.tsx'
import { mdxComponents } from '@/components/lesson/mdx-components.tsx'
import { NoScriptNote } from '@/components/site/no-script-note.tsx'
import { WorkspaceProvider } from '@/components/workspace/provider.tsx'
import { WorkspacePane } from '@/components/workspace/workspace-pane.tsx'
import { exerciseHint, exerciseMeta, exerciseScript, exerciseValues, loadExerciseTask } from '@/curriculum/exercises.ts'
import type { ExerciseMeta } from '@/curriculum/types.ts'
import { substitute } from '@/curriculum/variables.ts'
import { pageLocale } from '@/i18n/locale-params.ts'
import type { Locale } from '@/i18n/routing.ts'
import { type AttemptState, openAttempt } from '@/server/data/attempts.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { check, hint, report, solution } from '../actions.ts'
import { explanationOf } from '../explanation-of.tsx'

interface ExercisePageProps {
  readonly params: Promise<{ locale: string; slug: string }>
}

export async function generateMetadata({ params }: ExercisePageProps): Promise<Metadata> {
  const meta = exerciseMeta((await params).slug)
  return meta ? { title: meta.title[await pageLocale(params)] } : {}
}

export default async function ExercisePage({ params }: ExercisePageProps) {
  const locale = await pageLocale(params)
  const { slug } = await params
  if (!exerciseMeta(slug)) notFound()
  const attempt = await openAttempt(await currentLearner(), slug)
  const task = await loadExerciseTask(slug, locale, attempt.seed)
  if (!task) notFound()
  const passed = attempt.passedAt !== undefined
  const [titles, explanation] = await Promise.all([
    onwardTitles(locale),
    passed ? explanationOf(slug, locale, attempt.seed) : undefined,
  ])
  const Task = getMDXComponent(task.taskCode)
  return (
    <WorkspaceProvider workspace={`exercise:${slug}`} locale={locale} actions={workspaceActions}>
      <div data-panes className="workspace-page">
        <main id="content" tabIndex={-1} className="min-w-0 px-5 pt-6 pb-16 outline-none sm:px-6">
          <div className="mx-auto max-w-2xl">
            <ExerciseHead meta={task.meta} domains={domainLabels(task.meta.domains, locale)} />
            <div className="prose mt-6">
              <NoScriptNote />
              <Task components={mdxComponents(titles)} />
            </div>
            <CheckPanel
              key={attempt.seed}
              attempt={viewOf(attempt, locale)}
              criteria={criteriaOf(task.meta, attempt.seed)}
              outOf={task.meta.points}
              explanation={explanation}
              actions={{ check }}
            />
            <Hints attempt={viewOf(attempt, locale)} actions={{ hint, solution }} />
            <ReportTask slug={slug} actions={{ report }} />
          </div>
        </main>
        <WorkspacePane />
      </div>
    </WorkspaceProvider>
  )
}

/** The criteria named as this attempt's task names things. */
function criteriaOf({ slug, criteria }: ExerciseMeta, seed: string): ExerciseMeta['criteria'] {
  const values = exerciseValues(slug, seed)
  return criteria.map((criterion) => ({
    ...criterion,
    title: { ko: substitute(criterion.title.ko, values), en: substitute(criterion.title.en, values) },
  }))
}

function viewOf(attempt: AttemptState, locale: Locale): AttemptView {
  const { slug, seed, hintsRevealed, solutionRevealed, lastReport } = attempt
  const tiers = ([1, 2] as const).filter((tier) => tier <= hintsRevealed)
  return {
    slug,
    report: lastReport,
    hints: tiers.map((tier) => exerciseHint(slug, tier, locale, seed) ?? ''),
    solution: solutionRevealed ? exerciseScript(slug, 'solution.sh', seed) : undefined,
  }
}
