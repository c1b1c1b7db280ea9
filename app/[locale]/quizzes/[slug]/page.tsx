import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { loadCourse, stepAfter } from '@/app/course.ts'
import { QuizPlayer } from '@/components/quiz/quiz-player.tsx'
import { QuizText } from '@/components/quiz/quiz-text.tsx'
import { PageFrame } from '@/components/site/page-frame.tsx'
import { listQuizzes, loadQuiz } from '@/curriculum/quizzes.ts'
import { pageLocale } from '@/i18n/locale-params.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { quizState } from '@/server/data/quizzes.ts'
import { answer } from '../actions.ts'

interface QuizPageProps {
  readonly params: Promise<{ locale: string; slug: string }>
}

export async function generateMetadata({ params }: QuizPageProps): Promise<Metadata> {
  const quiz = await loadQuiz((await params).slug, await pageLocale(params))
  return quiz ? { title: quiz.title } : {}
}

export default async function QuizPage({ params }: QuizPageProps) {
  const locale = await pageLocale(params)
  const { slug } = await params
  const [quiz, all, course] = await Promise.all([loadQuiz(slug, locale), listQuizzes(locale), loadCourse(locale)])
  if (!quiz) notFound()
  const t = await getTranslations('quiz')
  const { answers } = await quizState(await currentLearner(), slug, locale)
  const lesson = all.find((one) => one.slug === slug)?.lesson ?? ''
  return (
    <PageFrame title={quiz.title} narrow>
      <noscript>
        <p className="mb-6 rounded-lg bg-warn-wash px-4 py-3">{t('noScript')}</p>
        <QuizText questions={quiz.questions} />
      </noscript>
      <div className="needs-script">
        <QuizPlayer
          quiz={quiz}
          answers={answers}
          lesson={lesson}
          next={stepAfter(course, `/quizzes/${slug}`)}
          actions={{ answer }}
        />
      </div>
    </PageFrame>
  )
}
