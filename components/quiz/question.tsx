'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import type { QuestionAnswer, QuestionView } from '../../curriculum/types.ts'
import { Button } from '../ui/button.tsx'
import { InlineText } from '../ui/inline-text.tsx'
import { ScrollablePre } from '../ui/scrollable.tsx'
import { Choices } from './choices.tsx'
import { MistakeLine } from './mistake-line.tsx'
import { Ordering } from './ordering.tsx'
import type { Answered } from './quiz-state.ts'
import { ShortAnswer } from './short-answer.tsx'
import { Verdict } from './verdict.tsx'

interface QuestionProps {
  readonly question: QuestionView
  readonly answered: Answered | undefined
  readonly onAnswer: (answer: QuestionAnswer) => Promise<void>
}

/** A question of any kind as a form: choose or write, send, read why. */
export function Question({ question, answered, onAnswer }: QuestionProps) {
  const t = useTranslations('quiz')
  const id = useId()
  const [draft, setDraft] = useState<QuestionAnswer>(() => answered?.answer ?? firstDraft(question))
  const [state, setState] = useState<'idle' | 'pending' | 'failed' | 'empty'>('idle')
  const empty = draft.length === 0 || draft.every((part) => part.trim() === '')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (empty) return setState('empty')
    setState('pending')
    try {
      await onAnswer(draft)
      setState('idle')
    } catch {
      setState('failed')
    }
  }
  const change = (next: QuestionAnswer) => {
    setDraft(next)
    setState('idle')
  }
  return (
    <form onSubmit={submit} aria-labelledby={id}>
      <p className="text-[0.8125rem] font-semibold text-accent">{t(`kind_${question.kind}`)}</p>
      <h2 id={id} className="mt-1 text-xl leading-8 font-semibold">
        <InlineText text={question.prompt} />
      </h2>
      {question.code && question.kind !== 'mistake' && (
        <ScrollablePre className="mt-4 overflow-x-auto whitespace-pre-wrap rounded-lg border border-line bg-surface px-4 py-3 text-[0.875rem] leading-6">
          <code>{question.code.text}</code>
        </ScrollablePre>
      )}
      <div className="mt-5">
        <Fields id={id} question={question} draft={draft} answered={answered} onChange={change} />
      </div>
      {!answered && (
        <div className="mt-5 flex items-center gap-4">
          <Button type="submit" tone="primary" disabled={state === 'pending'}>
            {state === 'pending' ? t('answering') : t('answer')}
          </Button>
          <p role="alert" className="text-[0.9375rem] text-bad">
            {state === 'failed' && t('failed')}
            {state === 'empty' && t('pickOne')}
          </p>
        </div>
      )}
      <div role="status">{answered && <Verdict answered={answered} />}</div>
    </form>
  )
}

const firstDraft = (question: QuestionView): QuestionAnswer =>
  question.kind === 'ordering' ? question.items.map((item) => item.id) : []

export interface FieldsProps {
  /** Id of the element that holds the prompt. */
  readonly id: string
  readonly question: QuestionView
  readonly draft: QuestionAnswer
  readonly answered: Answered | undefined
  readonly onChange: (draft: QuestionAnswer) => void
}

function Fields(props: FieldsProps) {
  const { question } = props
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'output':
      return <Choices {...props} question={question} />
    case 'ordering':
      return <Ordering {...props} question={question} />
    case 'mistake':
      return <MistakeLine {...props} question={question} />
    case 'short':
      return <ShortAnswer {...props} question={question} />
  }
}
