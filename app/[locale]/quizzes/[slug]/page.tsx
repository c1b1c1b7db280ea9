import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { loadCourse, stepAfter } from '@/app/course.ts'
import { QuizPlayer } from '@/components/quiz/quiz-player.tsx'
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
  const { answers } = await quizState(await currentLearner(), slug, locale)
  const lesson = all.find((one) => one.slug === slug)?.lesson ?? ''
  return (
    <PageFrame title={quiz.title} narrow>
      <QuizPlayer
        quiz={quiz}
        answers={answers}
        lesson={lesson}
        next={stepAfter(course, `/quizzes/${slug}`)}
        actions={{ answer }}
      />
    </PageFrame>
  )
}
