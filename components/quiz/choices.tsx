'use client'
import { useTranslations } from 'next-intl'
import type { QuestionView } from '../../curriculum/types.ts'
import { Icon } from '../ui/icons.tsx'
import { InlineText } from '../ui/inline-text.tsx'
import type { FieldsProps } from './question.tsx'

interface ChoicesProps extends FieldsProps {
  readonly question: Extract<QuestionView, { kind: 'single' | 'multiple' | 'output' }>
}

/** Radio buttons or check boxes; once answered, each option says why it is right or wrong. */
export function Choices({ id, question, draft, answered, onChange }: ChoicesProps) {
  const t = useTranslations('quiz')
  const many = question.kind === 'multiple'
  const toggle = (option: string) => {
    if (!many) return onChange([option])
    onChange(draft.includes(option) ? draft.filter((other) => other !== option) : [...draft, option])
  }
  return (
    <fieldset aria-labelledby={id} disabled={answered !== undefined} className="space-y-2.5">
      {question.options.map((option) => {
        const chosen = draft.includes(option.id)
        const right = answered?.verdict.answer.includes(option.id)
        const why = answered?.verdict.options?.find((one) => one.id === option.id)?.why
        return (
          <div key={option.id} className={`rounded-lg border bg-raised ${borderOf(right, chosen)}`}>
            <label className={`flex items-start gap-3 px-4 py-3 ${answered ? '' : 'cursor-pointer'}`}>
              <input
                type={many ? 'checkbox' : 'radio'}
                name={id}
                checked={chosen}
                onChange={() => toggle(option.id)}
                className="mt-1.5 size-4 shrink-0 accent-(--accent)"
              />
              <span className="min-w-0 flex-1">
                {question.kind === 'output' ? (
                  <code className="block overflow-x-auto text-[0.8125rem] leading-6 whitespace-pre">{option.text}</code>
                ) : (
                  <InlineText text={option.text} />
                )}
              </span>
              {answered && (right || chosen) && (
                <span
                  className={`flex items-center gap-1 text-[0.8125rem] font-medium ${right ? 'text-good' : 'text-bad'}`}
                >
                  <Icon name={right ? 'check' : 'cross'} strokeWidth="2" />
                  {chosen ? t('yourAnswer') : t('correctAnswer')}
                </span>
              )}
            </label>
            {why && (
              <p className="settle-in px-4 pb-3 pl-11 text-[0.9375rem] leading-6 text-ink-soft">
                <InlineText text={why} />
              </p>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}

function borderOf(right: boolean | undefined, chosen: boolean): string {
  if (right === undefined) return chosen ? 'border-accent' : 'border-line-strong hover:border-accent'
  if (right) return 'border-good'
  return chosen ? 'border-bad' : 'border-line'
}
