'use client'
import { useTranslations } from 'next-intl'
import type { QuestionView } from '../../curriculum/types.ts'
import type { FieldsProps } from './question.tsx'

interface ShortAnswerProps extends FieldsProps {
  readonly question: Extract<QuestionView, { kind: 'short' }>
}

/** One line of text; case and spacing do not count. */
export function ShortAnswer({ question, draft, answered, onChange }: ShortAnswerProps) {
  const t = useTranslations('quiz')
  const look = answered ? (answered.verdict.correct ? 'border-good' : 'border-bad') : 'border-line-strong'
  return (
    <div>
      <input
        type="text"
        aria-label={t('short')}
        value={draft[0] ?? ''}
        placeholder={question.placeholder}
        readOnly={answered !== undefined}
        onChange={(event) => onChange([event.target.value])}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={200}
        className={`h-12 w-full max-w-md rounded-lg border bg-raised px-4 font-mono placeholder:text-ink-soft ${look}`}
      />
      {answered && !answered.verdict.correct && (
        <p className="mt-2">
          <span className="text-[0.875rem] font-semibold text-good">{t('correctAnswer')}: </span>
          <code>{answered.verdict.answer[0]}</code>
        </p>
      )}
    </div>
  )
}
