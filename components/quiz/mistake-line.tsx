'use client'
import { useTranslations } from 'next-intl'
import type { QuestionView } from '../../curriculum/types.ts'
import { Icon } from '../ui/icons.tsx'
import type { FieldsProps } from './question.tsx'

interface MistakeLineProps extends FieldsProps {
  readonly question: Extract<QuestionView, { kind: 'mistake' }>
}

/** Code whose lines are radio buttons: the reader picks the one at fault. */
export function MistakeLine({ id, question, draft, answered, onChange }: MistakeLineProps) {
  const t = useTranslations('quiz')
  return (
    <fieldset
      aria-labelledby={id}
      disabled={answered !== undefined}
      className="overflow-x-auto rounded-lg border border-line-strong bg-surface py-2 font-mono text-[0.875rem] leading-7"
    >
      {question.code.text.split('\n').map((text, i) => {
        const line = String(i + 1)
        const chosen = draft[0] === line
        const right = answered?.verdict.answer.includes(line)
        return (
          <label
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            key={i}
            className={`flex min-w-max items-center gap-3 border-l-4 px-3 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent ${lookOf(right, chosen)} ${answered ? '' : 'cursor-pointer'}`}
          >
            <input
              type="radio"
              name={id}
              checked={chosen}
              onChange={() => onChange([line])}
              aria-label={t('line', { line, text: text.trim() })}
              className="sr-only"
            />
            <span aria-hidden="true" className="w-6 text-right text-[0.8125rem] text-ink-soft select-none">
              {line}
            </span>
            <code className="flex-1 pr-4 whitespace-pre">{text}</code>
            {answered && (right || chosen) && (
              <span
                className={`flex items-center gap-1 font-sans text-[0.8125rem] font-medium ${right ? 'text-good' : 'text-bad'}`}
              >
                <Icon name={right ? 'check' : 'cross'} strokeWidth="2" />
                {chosen ? t('yourAnswer') : t('correctAnswer')}
              </span>
            )}
          </label>
        )
      })}
    </fieldset>
  )
}

function lookOf(right: boolean | undefined, chosen: boolean): string {
  if (right) return 'border-good bg-good-wash'
  if (!chosen) return right === undefined ? 'border-transparent hover:bg-accent-wash' : 'border-transparent'
  return right === undefined ? 'border-accent bg-accent-wash' : 'border-bad bg-bad-wash'
}
